// A choice about a removed record holds for the very edits that the person saw.
import { expect, it } from "vitest";
import { planRecord } from "@/sync/plan";
import type { RemovalChoice } from "@/sync/resolution";
import type { Value } from "@/sync/value";
import { email, emailMapping, input, mapping, prospect, settings } from "./planner-fixtures";

const planner = settings({ mappings: [emailMapping, mapping("title"), mapping("city"), mapping("zip")] });
const agreed = { email, title: "CEO", city: "Rio", zip: "1" };

function kindAfter(choice: RemovalChoice, seen: Record<string, Value>): string {
  return planRecord(
    planner,
    input({
      base: agreed,
      snov: prospect({ ...agreed, title: "CTO", city: null }),
      absences: { snov: null, hubspot: "archived" },
      removalResolution: { choice, seen },
    }),
  ).kind;
}

// Verifies
it.each<[string, Record<string, Value>, boolean]>([
  ["these edits", { title: "CTO", city: null }, true],
  ["the same in another form", { city: "", title: " CTO " }, true],
  ["one edit, before another one came", { title: "CTO" }, false],
  ["one edit more, before it was taken back", { title: "CTO", city: null, zip: "2" }, false],
  ["an edit that has moved on, beside one that has not", { title: "CFO", city: null }, false],
  ["as many edits, of which one was in another field", { title: "CTO", zip: null }, false],
  ["nothing", {}, false],
])("a choice about %s", (_, seen, holds) => {
  expect(kindAfter("remove", seen)).toBe(holds ? "remove" : "disputed");
  expect(kindAfter("bring_back", seen)).toBe(holds ? "restore" : "disputed");
});
