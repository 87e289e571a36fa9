import { describe, expect, it } from "vitest";
import { hashPassword, verifyPassword } from "@/lib/password";

describe("password", () => {
  it("opens with the password it was made from and with no other", async () => {
    const stored = await hashPassword("correct horse");
    expect(await verifyPassword("correct horse", stored)).toBe(true);
    expect(await verifyPassword("correct horsf", stored)).toBe(false);
    expect(await verifyPassword("", stored)).toBe(false);
  });

  it("carries its own parameters and a fresh salt", async () => {
    const [first, second] = await Promise.all([hashPassword("same words"), hashPassword("same words")]);
    expect(first).toMatch(/^scrypt\$32768\$8\$3\$/);
    expect(first).not.toBe(second);
  });

  it("verifies a hash that was made with other parameters", async () => {
    const { scryptSync } = await import("node:crypto");
    const salt = Buffer.from("sixteen bytes!!!");
    const hash = scryptSync("older password", salt, 32, { N: 1024, r: 8, p: 1 });
    const stored = `scrypt$1024$8$1$${salt.toString("base64")}$${hash.toString("base64")}`;
    expect(await verifyPassword("older password", stored)).toBe(true);
    expect(await verifyPassword("newer password", stored)).toBe(false);
  });

  it("refuses everything where there is no stored hash", async () => {
    expect(await verifyPassword("", null)).toBe(false);
    expect(await verifyPassword("anything at all", null)).toBe(false);
  });

  it("takes the same letters, however the keyboard composed them", async () => {
    const stored = await hashPassword("s\u00e3o-paulo-2026");
    expect(await verifyPassword("sa\u0303o-paulo-2026", stored)).toBe(true);
  });
});
