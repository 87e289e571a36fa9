import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { parseSealKeys, seal, unseal } from "@/lib/seal";

const [first, second] = [randomBytes(32).toString("base64"), randomBytes(32).toString("base64")];
const keys = parseSealKeys(`1:${first}`);

describe("sealing", () => {
  test("what was sealed opens again, and never looks the same twice", () => {
    const sealed = seal("a token", "row 1", keys);
    expect(unseal(sealed, "row 1", keys)).toBe("a token");
    expect(sealed).not.toContain("token");
    expect(seal("a token", "row 1", keys)).not.toBe(sealed);
  });

  test("the highest version seals, and an older one still opens", () => {
    const before = seal("old", "row", keys);
    const both = parseSealKeys(`1:${first},2:${second}`);
    expect(seal("new", "row", both)).toMatch(/^2\./);
    expect(unseal(before, "row", both)).toBe("old");
  });

  test("another context, a changed text, a shortened tag or a missing key opens nothing", () => {
    const sealed = seal("a token", "row 1", keys);
    const [version, iv, tag = "", text = ""] = sealed.split(".");
    expect(() => unseal(sealed, "row 2", keys)).toThrow();
    expect(() => unseal([version, iv, tag, `A${text.slice(1)}B`].join("."), "row 1", keys)).toThrow();
    expect(() => unseal([version, iv, tag.slice(0, 6), text].join("."), "row 1", keys)).toThrow();
    expect(() => unseal(sealed, "row 1", parseSealKeys(`2:${second}`))).toThrow("version 1");
    expect(() => unseal("", "row 1", keys)).toThrow();
  });

  test("a key that is not 32 bytes long is named", () => {
    expect(() => parseSealKeys("3:AAAA")).toThrow("key 3");
  });
});
