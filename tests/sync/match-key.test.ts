import { expect, it } from "vitest";
import { matchKey } from "@/sync/match-key";

it("takes an address for the same in any letter case and with blanks around it", () => {
  expect(matchKey(" Ana@Example.COM\t")).toBe("ana@example.com");
  expect(matchKey("ana@example.com")).not.toBe(matchKey("anna@example.com"));
});
