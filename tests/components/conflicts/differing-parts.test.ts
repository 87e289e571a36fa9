import { expect, it } from "vitest";
import { differingParts } from "@/components/conflicts/differing-parts";

it("marks the words between what two texts begin and end with alike", () => {
  expect(differingParts("12 Main Street, Porto", "12 Oak Street, Porto")).toEqual([
    { before: "12 ", differing: "Main", after: " Street, Porto" },
    { before: "12 ", differing: "Oak", after: " Street, Porto" },
  ]);
});

it.each([
  ["a word added", "Sales", "Sales lead", ["", " lead"]],
  ["another word", "Buyer", "Chair", ["Buyer", "Chair"]],
  ["a repeated word", "very very good", "very good", ["very ", ""]],
  ["the domain of an address", "ada@one.example", "ada@two.example", ["one", "two"]],
  ["equal texts", "same", "same", ["", ""]],
])("marks %s", (_, one, other, marked) => {
  const parts = differingParts(one, other);
  expect(parts.map(({ differing }) => differing)).toEqual(marked);
  expect(parts.map(({ before, differing, after }) => before + differing + after)).toEqual([one, other]);
});

it("never loses a character of either text", () => {
  const letters = ["a", " ", "b", "."];
  const texts = Array.from({ length: 256 }, (_, at) =>
    [0, 2, 4, 6].map((shift) => letters[(at >> shift) & 3]).join(""),
  );
  for (const one of texts)
    for (const other of texts.slice(0, 64)) {
      const rejoined = differingParts(one, other).map((parts) => Object.values(parts).join(""));
      expect(rejoined).toEqual([one, other]);
    }
});
