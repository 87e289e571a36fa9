// A page that names a test which nobody runs would promise what nothing proves.
import { describe, expect, it } from "vitest";
import { titlesIn } from "./titles-in";

describe("the titles that the pages may name", () => {
  it("are those of tests that are run", () => {
    const file = `describe("a group", () => {
      it("a test", () => {});
      it("a \\"quoted\\" one", { timeout: 5 }, () => {});
      it.each([["x", 1]])("one of many", () => {});
      describe.each(both)("an inner group", () => { test("an inner test", () => {}); });
    });`;
    expect([...titlesIn(file)]).toEqual(["a test", 'a "quoted" one', "one of many", "an inner test"]);
  });

  it.each([
    `it.skip("x", () => {});`,
    `it.todo("x");`,
    `it.skip.each([1])("x", () => {});`,
    `it.skipIf(slow)("x", () => {});`,
    `it.runIf(fast)("x", () => {});`,
    `it.fails("x", () => {});`,
    `it("x", { skip: true }, () => {});`,
    `it("x", { todo: true });`,
    `describe.skip("a group", () => { it("x", () => {}); });`,
    `describe.todo("a group", () => { describe("another", () => { it("x", () => {}); }); });`,
    `describe("a group", { skip: true }, () => { it("x", () => {}); });`,
    `// it("x", () => {});`,
    `expect("x").toBe("x");`,
    `const text = 'it("x", () => {})';`,
  ])("are none in %s", (file) => {
    expect([...titlesIn(file)]).toEqual([]);
  });
});
