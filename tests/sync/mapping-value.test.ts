import { describe, expect, it } from "vitest";
import { sameMeaning } from "@/sync/mapping-value";
import { emailMapping, mapping } from "./planner-fixtures";

describe("whether two values of a field say the same (Verifies: R-71, R-75)", () => {
  it("An e-mail address is the same in any letter case and with blanks around it", () => {
    expect(sameMeaning(emailMapping, "Ana@Example.com ", "ana@example.com")).toBe(true);
    expect(sameMeaning(emailMapping, "ana@example.com", "anna@example.com")).toBe(false);
  });

  it("A text of another letter case is another text", () => {
    expect(sameMeaning(mapping("title"), "CEO", "ceo")).toBe(false);
    expect(sameMeaning(mapping("title"), "CEO", " CEO ")).toBe(true);
  });

  it("An empty address is the same as none, and never the same as an address", () => {
    expect(sameMeaning(emailMapping, " ", null)).toBe(true);
    expect(sameMeaning(emailMapping, null, undefined)).toBe(true);
    expect(sameMeaning(emailMapping, null, "ana@example.com")).toBe(false);
    expect(sameMeaning(emailMapping, "ana@example.com", null)).toBe(false);
  });

  it("Every type is compared by what it means and not by how it is written", () => {
    expect(sameMeaning(mapping("size", { type: "number" }), "10.50", "10.5")).toBe(true);
    expect(sameMeaning(mapping("tags", { type: "choices" }), ["a", "b"], ["b", "a"])).toBe(true);
  });
});
