// A download tells what the page tells, in the person's language, and not in the words that it is stored in.
import { describe, expect, it } from "vitest";
import type { Overview } from "@/services/integrations/read-overview";
import { wordsIn } from "./csv-words";

type Change = Overview["changes"][number];
const change: Change = {
  id: 1,
  side: "snov",
  kind: "prospect/edited",
  recordName: "Ada",
  prospectId: "p",
  contactId: "7",
  changes: [{ field: "job_title", label: "job_title", before: "CEO", after: "CTO", why: "policy" }],
  cause: { kind: "sync", from: "hubspot" },
  latencyMs: null,
  runId: null,
  at: "2026-04-01T10:00:00.000Z",
};
const options = [
  { value: "a1", label: "Coffee" },
  { value: "a2", label: "Tea" },
];
const fields = {
  snov: { "custom:1": { label: "Drinks", type: "choices" as const, options } },
  hubspot: { stage: { label: "Stage", type: "choice" as const, options } },
};
const member = { kind: "member" as const, userId: "u", name: "Ana" };

describe("what an activity is called in a download", () => {
  it("is what the page calls it, in either language", () => {
    const [en, pt] = [wordsIn("en"), wordsIn("pt-BR")];
    expect([en.act(change), en.cause(change), en.side("snov")]).toEqual([
      "changed in Snov.io, from HubSpot",
      "Came from HubSpot",
      "Snov.io",
    ]);
    expect(en.changes(change)).toEqual([
      { field: "Job title", before: "CEO", after: "CTO", why: "settled by your conflict setting" },
    ]);
    expect(pt.changes(change)[0]?.field).toBe("Cargo");
    expect(pt.act(change)).not.toBe(en.act(change));
  });

  it("names options by their labels, and what is no option any more as it was stored", () => {
    const drinks = { field: "custom:1", label: "Drinks before", before: ["a1", "gone"], after: ["a2"] };
    const stage = { field: "stage", label: "stage", before: null, after: "a1" };
    const { changes } = wordsIn("en", fields);
    expect(changes({ ...change, changes: [drinks] })).toEqual([
      { field: "Drinks", before: ["Coffee", "gone"], after: ["Tea"], why: "" },
    ]);
    expect(changes({ ...change, side: "hubspot", changes: [stage] })).toEqual([
      { field: "Stage", before: null, after: "Coffee", why: "" },
    ]);
  });

  it("tells settings, transfers and fuses by their sentences", () => {
    const { act, changes } = wordsIn("en");
    const rule = { field: "City ↔ Town: policy", label: "", before: null, after: "hubspot_wins" };
    const settings = { ...change, side: null, kind: "integration/changed", cause: member, changes: [rule] };
    expect(act(settings)).toBe("Ana changed the settings");
    expect(changes(settings)).toEqual([
      {
        field: "When both sides change a field · City ↔ Town",
        before: "as for all fields",
        after: "HubSpot wins",
        why: "",
      },
    ]);
    const none = { ...change, side: null, changes: [] };
    expect(act({ ...none, kind: "transfer/started", cause: member })).toBe("Ana started a transfer");
    const held = [{ field: "removals", label: "removals", before: null, after: "25" }];
    const stopped = { ...none, kind: "integration/stopped", changes: held };
    expect([act(stopped), changes(stopped)]).toEqual(["Stopped before deleting 25 records", []]);
  });

  it("says who or what caused it", () => {
    const { cause } = wordsIn("en");
    const by = (one: Change["cause"]) => cause({ ...change, cause: one });
    expect(by(member)).toBe("Edited by a person here");
    expect(by({ ...member, conflictId: "c" })).toBe("Conflict decided by a person");
    expect(by({ ...member, takesBack: true })).toBe("Choice taken back");
    expect(by({ kind: "undo", userId: null, name: "Ana" })).toBe("Undo");
    expect(by({ kind: "system" })).toBe("The app");
  });
});
