import { describe, expect, it } from "vitest";
import { storableText } from "@/lib/storable-text";

describe("a text that is to be kept", () => {
  it.each([
    ["CTO\u0000 in Rio", "CTO in Rio"],
    ["CTO \ud83d", "CTO \ufffd"],
    ["CTO 🚀, São Paulo\n", "CTO 🚀, São Paulo\n"],
    ["", ""],
  ])("is without what the database takes not: %j", (text, kept) => {
    expect(storableText(text)).toBe(kept);
  });
});
