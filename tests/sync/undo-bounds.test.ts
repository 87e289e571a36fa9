// Where an undo stops, and what of the ordinary line it leaves to it.
import { describe, expect, it } from "vitest";
import { planRecord } from "@/sync/plan";
import type { PlannerSettings } from "@/sync/planner-settings";
import type { PlanInput } from "@/sync/record-plan";
import { planUndo, type UndoPlan, type Written } from "@/sync/undo";
import {
  contact,
  email,
  emailMapping,
  input,
  mapping,
  nothingWritten,
  prospect,
  settings,
  titles,
  withMapping,
} from "./planner-fixtures";

const toTitle: Written = {
  snov: null,
  hubspot: { created: false, fields: { hubspot_title: { before: "CTO", after: "CEO" } } },
};
const made: Written = {
  snov: null,
  hubspot: {
    created: true,
    fields: {
      hubspot_email: { before: null, after: email },
      hubspot_title: { before: null, after: "CEO" },
    },
  },
};
const takeBack = { kind: "take_back", on: "hubspot" };
const keep = (reason: string) => ({ kind: "keep", reason });
const transferred = titles("CEO", "CEO", "CEO");

function undoOf(given: PlanInput, written: Written, planner: PlannerSettings = settings()): UndoPlan {
  return planUndo(planner, given, planRecord(planner, given), written, false);
}

function putBack(given: PlanInput, written: Written, planner?: PlannerSettings) {
  const undo = undoOf(given, written, planner);
  if (undo.kind !== "put_back") throw new Error(`not put back: ${JSON.stringify(undo)}`);
  return undo;
}

// Verifies: R-78
describe("an undo of edits", () => {
  it.each([
    ["prospect", { snov: null }],
    ["contact", { hubspot: null }],
  ])("leaves a pair whose %s is gone", (_, gone) => {
    expect(undoOf({ ...transferred, records: { ...transferred.records, ...gone } }, toTitle)).toEqual(
      keep("gone_since"),
    );
  });

  it("leaves records that are linked no more, in dispute, or left out for good", () => {
    expect(undoOf({ ...transferred, link: null }, toTitle)).toEqual(keep("pair_changed"));
    const ordinary = [
      { kind: "disputed", dispute: { kind: "same_address", on: "hubspot", otherId: "7", addresses: [] } },
      { kind: "excluded", reason: "erased" },
    ] as const;
    for (const plan of ordinary)
      expect(planUndo(settings(), transferred, plan as never, toTitle, false)).toEqual(keep("pair_changed"));
    const out = { kind: "excluded", reason: "out_of_scope" } as const;
    expect(planUndo(settings(), { ...transferred, link: null }, out, toTitle, false)).toEqual(
      keep("pair_changed"),
    );
  });

  it("out of scope writes what was there before, and says and forgets nothing else", () => {
    const given = input({
      base: { email, title: "CEO" },
      snov: prospect({ email, title: "CEO" }, false),
      hubspot: contact({ email, title: "CEO" }, false),
    });
    expect(putBack(given, toTitle)).toEqual({
      kind: "put_back",
      kept: [],
      left: false,
      plan: {
        kind: "pair",
        writes: { snov: {}, hubspot: { hubspot_title: "CTO" } },
        base: { email, title: "CTO" },
        baseBefore: { email, title: "CEO" },
        conflicts: [],
        held: [{ mappingId: "title", reason: "undone", value: "" }],
        replaced: [],
        declined: { removal: false, values: { title: { snov: "CEO", hubspot: "CTO", undone: true } } },
        refused: {},
        resolved: {},
        undoes: ["title"],
      },
    });
  });

  const three = settings({ mappings: [emailMapping, mapping("title"), mapping("city"), mapping("zip")] });

  it("keeps what both sides came to have alike, and takes back only what was about to be written", () => {
    const given = input({
      base: { email, title: "CEO", city: "Rio", zip: "1" },
      snov: prospect({ email, title: "CEO", city: "Recife", zip: "2" }),
      hubspot: contact({ email, title: "CEO", city: "Recife", zip: "1" }),
    });
    const { plan, left } = putBack(given, toTitle, three);
    expect(plan).toMatchObject({ base: { city: "Recife", zip: "1" }, replaced: [], undoes: ["title"] });
    expect(left).toBe(true);
    expect(putBack(transferred, toTitle).left).toBe(false);
  });

  it("tells of no value that the ordinary line would have replaced", () => {
    const given = input({
      base: { email, title: "CEO", city: "Rio" },
      snov: prospect({ email, title: "CEO", city: "Recife" }),
      hubspot: contact({ email, title: "CEO", city: "Natal" }),
    });
    const planner = settings({
      mappings: [emailMapping, mapping("title"), mapping("city", { policy: "snov_wins" })],
    });
    expect(planRecord(planner, given)).toMatchObject({ replaced: [{ mappingId: "city" }] });
    expect(putBack(given, toTitle, planner).plan.replaced).toEqual([]);
  });

  it("leaves a field that people are asked about, and goes on with the others", () => {
    const given = titles("CFO", "CEO", "Boss");
    expect(putBack(given, toTitle)).toMatchObject({
      plan: { writes: nothingWritten, conflicts: [{ mappingId: "title" }] },
      kept: [{ side: "hubspot", field: "hubspot_title", reason: "changed_since" }],
    });
    const other = input({
      base: { email, title: "CEO", city: "Rio" },
      snov: prospect({ email, title: "CEO", city: "Recife" }),
      hubspot: contact({ email, title: "CEO", city: "Natal" }),
    });
    const planner = settings({ mappings: [emailMapping, mapping("title"), mapping("city")] });
    expect(putBack(other, toTitle, planner)).toMatchObject({
      plan: { writes: { hubspot: { hubspot_title: "CTO" } }, conflicts: [{ mappingId: "city" }] },
      kept: [],
    });
  });

  it("holds what it puts back for one reason, whatever held the field before, and leaves the others theirs", () => {
    const planner = settings({
      mappings: [
        emailMapping,
        mapping("title"),
        mapping("city", { writable: { snov: true, hubspot: true } }),
      ],
    });
    const refused = {
      title: { on: "hubspot" as const, value: "CEO", message: "no" },
      city: { on: "hubspot" as const, value: "Recife", message: "no" },
    };
    const given = input({
      link: { base: { email, title: "CEO", city: "Rio" }, refused },
      snov: prospect({ email, title: "CEO", city: "Recife" }),
      hubspot: contact({ email, title: "CEO", city: "Rio" }),
    });
    const { plan } = putBack(given, toTitle, planner);
    expect(plan.held).toEqual([
      { mappingId: "city", reason: "refused", value: "no" },
      { mappingId: "title", reason: "undone", value: "" },
    ]);
  });

  it("agrees on both values where the other side has the old one by now", () => {
    const given = titles("CTO", "CEO", "CTO");
    const planner = withMapping("title", { writable: { snov: true, hubspot: false } });
    const source: Written = {
      snov: null,
      hubspot: { created: false, fields: { hubspot_title: { before: "CTO", after: "CEO" } } },
    };
    expect(undoOf(given, source, planner)).toMatchObject({ kept: [{ reason: "direction_now" }] });
    const both: Written = {
      snov: { created: false, fields: { snov_title: { before: "CTO", after: "CEO" } } },
      hubspot: { created: false, fields: { hubspot_title: { before: "CTO", after: "CEO" } } },
    };
    expect(putBack(transferred, both).plan).toMatchObject({
      writes: { snov: { snov_title: "CTO" }, hubspot: { hubspot_title: "CTO" } },
      base: { title: "CTO" },
      held: [],
      declined: { values: {} },
    });
  });

  it("takes one of several writes that may have arrived for its own", () => {
    const given = titles("CEO", "CTO", "CEO");
    given.unconfirmed.hubspot = { values: { title: ["Owner", "CTO"] }, removal: false };
    expect(putBack(given, toTitle).plan).toMatchObject({ writes: nothingWritten, undoes: ["title"] });
    given.unconfirmed.hubspot = { values: { title: ["Owner"] }, removal: false };
    expect(undoOf(given, toTitle)).toEqual(keep("already_back"));
  });

  it("does nothing about a write that changed nothing", () => {
    const same: Written = {
      snov: null,
      hubspot: { created: false, fields: { hubspot_title: { before: "CEO", after: " CEO " } } },
    };
    expect(undoOf(transferred, same)).toEqual(keep("already_back"));
    expect(undoOf(titles("CEO", "Owner", "CEO"), same)).toEqual(keep("already_back"));
  });

  it("leaves a property that is there no more", () => {
    const given = input({
      base: { email, title: "CEO" },
      snov: prospect({ email, title: "CEO" }),
      hubspot: contact({ email }),
    });
    expect(putBack(given, toTitle).kept).toEqual([
      { side: "hubspot", field: "hubspot_title", reason: "not_mapped_now" },
    ]);
  });

  it("of a choice that is mapped no more compares the values as they are", () => {
    const planner = withMapping("title", { type: "choice", choices: { snov: null, hubspot: { b: "B" } } });
    const written = (before: string, after: string): Written => ({
      snov: null,
      hubspot: { created: false, fields: { hubspot_title: { before, after } } },
    });
    const given = titles("B", "gone", "B");
    expect(putBack(given, written("b", "gone"), planner).plan.writes.hubspot).toEqual({ hubspot_title: "b" });
    expect(putBack(given, written("b", "lost"), planner).kept).toMatchObject([{ reason: "changed_since" }]);
    const strange = putBack(titles("B", "b", "B"), written("gone", "b"), planner).plan;
    expect(strange.writes.hubspot).toEqual({ hubspot_title: "gone" });
    expect(strange.base.title).toBeUndefined();
    expect(strange.held).toEqual([{ mappingId: "title", reason: "undone", value: "" }]);
  });
});

// Verifies: R-78
describe("an undo of a record that was made", () => {
  it("leaves one that is linked no more, or in dispute", () => {
    expect(undoOf({ ...transferred, link: null }, made)).toEqual(keep("pair_changed"));
    const disputed = { kind: "disputed", dispute: { kind: "merged", on: "hubspot", otherId: "7" } } as never;
    expect(planUndo(settings(), transferred, disputed, made, false)).toEqual(keep("pair_changed"));
  });

  it.each([
    ["was taken back by the undo itself, before a crash", true, true, "archived", takeBack],
    ["was removed by somebody", false, true, "archived", keep("gone_since")],
    ["was removed by the ordinary line", true, false, "archived", keep("gone_since")],
    ["was deleted for good by somebody, as the undo was about to", true, true, "deleted", keep("gone_since")],
  ] as const)("where it %s", (_, removal, isDeclined, absence, expected) => {
    const creation = { email, title: "CEO" };
    const given = input({
      link: {
        base: creation,
        declined: { removal: false, values: {}, ...(isDeclined ? { creation } : {}) },
      },
      snov: prospect({ email, title: "CEO" }),
      absences: { snov: null, hubspot: absence },
    });
    given.unconfirmed = { ...given.unconfirmed, hubspot: { values: {}, removal } };
    expect(undoOf(given, made)).toEqual(expected);
  });

  it("asks only about properties that are there, those it left empty among them", () => {
    const planner = settings({ mappings: [emailMapping, mapping("title"), mapping("city")] });
    const given = (city: Record<string, string | null>) =>
      input({
        base: { email, title: "CEO" },
        snov: prospect({ email, title: "CEO", city: null }),
        hubspot: contact({ email, title: "CEO", ...city }),
      });
    expect(undoOf(given({}), made, planner).kind).toBe("take_back");
    expect(undoOf(given({ city: null }), made, planner).kind).toBe("take_back");
    expect(undoOf(given({ city: "Rio" }), made, planner)).toEqual(keep("changed_since"));
  });

  it("leaves one that has news to come, or about which people are asked", () => {
    expect(undoOf(titles("CFO", "CEO", "CEO"), made)).toEqual(keep("changed_since"));
    expect(undoOf(titles("CFO", "CEO", "Boss"), made)).toEqual(keep("changed_since"));
    const out = { kind: "excluded", reason: "out_of_scope" } as const;
    expect(planUndo(settings(), titles("CFO", "CEO", "CEO"), out, made, false).kind).toBe("take_back");
  });
});
