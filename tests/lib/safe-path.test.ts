import { expect, it } from "vitest";
import { safePath } from "@/lib/safe-path";

it("keeps a path of our own with its query", () => {
  expect(safePath("/lists/1?page=2")).toBe("/lists/1?page=2");
});

it.each([
  "//evil.example",
  "/\\evil.example",
  "https://evil.example/",
  "javascript:alert(1)",
  "/\t/evil.example",
  "",
  undefined,
  ["/a", "/b"],
])("never leaves the app: %j", (path) => {
  expect(safePath(path)).toBe("/");
});
