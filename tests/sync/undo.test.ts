import { describe, expect, it } from "vitest";
import { planRecord } from "@/sync/plan";
import type { PlannerSettings } from "@/sync/planner-settings";
import type { PlanInput } from "@/sync/record-plan";
import { planUndo, type UndoPlan, type Written } from "@/sync/undo";
import {
  contact,
  emailMapping,
  input,
  mapping,
  nothingWritten,
  prospect,
  settings,
} from "./planner-fixtures";

const email = "ana@example.com";
/** A transfer filled, or replaced, the contact's title. */
const toTitle = (before: string | null, after = "CEO"): Written => ({
  snov: null,
  hubspot: { created: false, fields: { hubspot_title: { before, after } } },
});
const asTransferred = (title = "CEO"): PlanInput =>
  input({
    base: { email, title: "CEO" },
    snov: prospect({ email, title: "CEO" }),
    hubspot: contact({ email, title }),
  });

function undoOf(
  given: PlanInput,
  written: Written,
  planner: PlannerSettings = settings(),
  touched = false,
): UndoPlan {
  return planUndo(planner, given, planRecord(planner, given), written, touched);
}

function putBack(undo: UndoPlan) {
  if (undo.kind !== "put_back") throw new Error(`not put back: ${JSON.stringify(undo)}`);
  return undo;
}

// Verifies: R-78
describe("a field that a transfer wrote", () => {
  it("goes back to what it was, and nothing else of the pair is written", () => {
    const planner = settings({ mappings: [emailMapping, mapping("title"), mapping("city")] });
    const given = input({
      base: { email, title: "CEO", city: "Rio" },
      snov: prospect({ email, title: "CEO", city: "Recife" }),
      hubspot: contact({ email, title: "CEO", city: "Rio" }),
    });
    expect(putBack(undoOf(given, toTitle("CTO"), planner))).toMatchObject({
      plan: {
        writes: { snov: {}, hubspot: { hubspot_title: "CTO" } },
        // The city is still the ordinary line's to carry.
        base: { city: "Rio" },
        undoes: ["title"],
        waiting: ["city"],
        held: [{ mappingId: "title", reason: "undone" }],
      },
      kept: [],
      left: true,
    });
  });

  it("stays where that was shown, though nothing speaks against it any more", () => {
    const shown = toTitle("CTO");
    Object.assign(shown.hubspot?.fields.hubspot_title ?? {}, { shownKept: "address_taken" });
    const { plan, kept } = putBack(undoOf(asTransferred(), shown));
    expect(plan.writes).toEqual(nothingWritten);
    expect(kept).toEqual([{ side: "hubspot", field: "hubspot_title", reason: "address_taken" }]);
  });

  it("stays where others have written it since, though it holds the same again", () => {
    const again = toTitle("CTO");
    Object.assign(again.hubspot?.fields.hubspot_title ?? {}, { touched: true });
    const { plan, kept } = putBack(undoOf(asTransferred(), again));
    expect(plan.writes).toEqual(nothingWritten);
    expect(kept).toEqual([{ side: "hubspot", field: "hubspot_title", reason: "changed_since" }]);
    expect(undoOf(asTransferred("CTO"), again)).toEqual({ kind: "keep", reason: "already_back" });
  });

  it("stays on both sides where others have written it since on one of them", () => {
    const both: Written = {
      snov: { created: false, fields: { snov_title: { before: "CTO", after: "CEO" } } },
      hubspot: {
        created: false,
        fields: { hubspot_title: { before: "CTO", after: "CEO", touched: true } },
      },
    };
    expect(putBack(undoOf(asTransferred(), both))).toMatchObject({
      plan: { writes: nothingWritten },
      kept: [
        { side: "snov", reason: "changed_since" },
        { side: "hubspot", reason: "changed_since" },
      ],
    });
  });

  describe("of which a later edit of the day has not travelled yet", () => {
    const ofDay: Written = {
      snov: { created: false, fields: { snov_title: { before: "CTO", after: "CFO" } } },
      hubspot: { created: false, fields: { hubspot_title: { before: "CTO", after: "CEO" } } },
    };
    const waiting = input({
      base: { email, title: "CEO" },
      snov: prospect({ email, title: "CFO" }),
      hubspot: contact({ email, title: "CEO" }),
    });

    it("goes back on both sides, as nothing is left that would travel", () => {
      expect(putBack(undoOf(waiting, ofDay))).toMatchObject({
        plan: { writes: { snov: { snov_title: "CTO" }, hubspot: { hubspot_title: "CTO" } }, held: [] },
        kept: [],
        left: false,
      });
    });

    it("stays on both sides where a choice of a person travels", () => {
      const resolutions = {
        title: {
          choice: { kind: "take" as const, side: "snov" as const },
          seen: { snov: "CFO", hubspot: "CEO" },
        },
      };
      const { plan, kept } = putBack(undoOf({ ...waiting, resolutions }, ofDay));
      expect(plan.writes.hubspot).toEqual({});
      expect(kept).toContainEqual({ side: "hubspot", field: "hubspot_title", reason: "changed_since" });
    });
  });

  it.each([
    { what: "was changed since", given: asTransferred("Owner"), reason: "changed_since" },
    {
      what: "is about to be changed from the other side",
      given: input({
        base: { email, title: "CEO" },
        snov: prospect({ email, title: "CFO" }),
        hubspot: contact({ email, title: "CEO" }),
      }),
      reason: "changed_since",
    },
    {
      what: "is not mapped any more",
      planner: settings({ mappings: [emailMapping] }),
      reason: "not_mapped_now",
    },
    {
      what: "has a mapping that is stopped",
      planner: settings({ mappings: [emailMapping, mapping("title", { stopped: true })] }),
      reason: "not_mapped_now",
    },
    {
      what: "may not be written on that side any more",
      planner: settings({
        mappings: [emailMapping, mapping("title", { writable: { snov: true, hubspot: false } })],
      }),
      reason: "direction_now",
    },
  ])("stays where it $what", ({ given = asTransferred(), planner, reason }) => {
    const { plan, kept } = putBack(undoOf(given, toTitle(null), planner));
    expect(plan.writes).toEqual(nothingWritten);
    expect(kept).toEqual([{ side: "hubspot", field: "hubspot_title", reason }]);
  });

  it("stays where its old address belongs to another record by now", () => {
    const old = { before: "old@example.com", after: email };
    const written: Written = { snov: null, hubspot: { created: false, fields: { hubspot_email: old } } };
    const given = { ...asTransferred(), addressOwners: { snov: {}, hubspot: { "old@example.com": "77" } } };
    expect(putBack(undoOf(given, written)).kept).toMatchObject([{ reason: "address_taken" }]);
    expect(putBack(undoOf(asTransferred(), written)).plan.writes.hubspot).toEqual({
      hubspot_email: "old@example.com",
    });
  });

  it.each(["snov", "hubspot"] as const)("stays in %s where there was no address before", (side) => {
    const given = { created: false, fields: { [`${side}_email`]: { before: null, after: email } } };
    const written: Written = { snov: null, hubspot: null, [side]: given };
    const { plan, kept } = putBack(undoOf(asTransferred(), written));
    expect(plan.writes).toEqual(nothingWritten);
    expect(kept).toEqual([{ side, field: `${side}_email`, reason: "address_needed" }]);
  });

  it("is left alone where somebody has put it back already", () => {
    expect(undoOf(asTransferred("CTO"), toTitle("CTO"))).toEqual({ kind: "keep", reason: "already_back" });
  });

  it("that the undo itself had put back before a crash is taken for its own", () => {
    const given = asTransferred("CTO");
    given.unconfirmed = {
      ...given.unconfirmed,
      hubspot: { values: { title: ["CTO"] }, removal: false },
    };
    expect(putBack(undoOf(given, toTitle("CTO"))).plan).toMatchObject({
      writes: nothingWritten,
      undoes: ["title"],
      declined: { values: { title: { snov: "CEO", hubspot: "CTO", undone: true } } },
    });
  });

  it("goes back also where its record has left the chosen lists", () => {
    const given = input({
      base: { email, title: "CEO" },
      snov: prospect({ email, title: "CEO" }, false),
      hubspot: contact({ email, title: "CEO" }, false),
    });
    expect(putBack(undoOf(given, toTitle(null))).plan.writes.hubspot).toEqual({ hubspot_title: null });
  });

  it("that only rode on a write goes back as well", () => {
    const planner = settings({
      constants: { snov: null, hubspot: { type: "text", field: "hubspot_source", value: "from Snov.io" } },
    });
    const source = { before: null, after: "from Snov.io" };
    const written: Written = { snov: null, hubspot: { created: false, fields: { hubspot_source: source } } };
    const given = asTransferred();
    const { hubspot } = given.records;
    if (hubspot) hubspot.fields.hubspot_source = "from Snov.io";
    expect(putBack(undoOf(given, written, planner)).plan.writes.hubspot).toEqual({ hubspot_source: null });
  });
});

// Verifies: R-78
describe("after an undo", () => {
  /** The pair as the undo leaves it, with an edit of either side. */
  function afterwards(direction: "both" | "to_hubspot", edits: { snov?: string; hubspot?: string } = {}) {
    const planner = settings({}, direction);
    const { plan } = putBack(undoOf(asTransferred(), toTitle("CTO"), planner));
    const given = input({
      link: { base: plan.base, declined: plan.declined },
      snov: prospect({ email, title: edits.snov ?? "CEO" }),
      hubspot: contact({ email, title: edits.hubspot ?? "CTO" }),
    });
    return planRecord(planner, given);
  }

  it.each(["both", "to_hubspot"] as const)("the ordinary line leaves the difference (%s)", (direction) => {
    expect(afterwards(direction)).toMatchObject({
      writes: nothingWritten,
      conflicts: [],
      held: [{ mappingId: "title", reason: "undone" }],
      declined: { values: { title: { undone: true } } },
    });
  });

  it.each(["both", "to_hubspot"] as const)("an edit of the side it came from travels (%s)", (direction) => {
    expect(afterwards(direction, { snov: "CFO" })).toMatchObject({
      writes: { snov: {}, hubspot: { hubspot_title: "CFO" } },
      declined: { values: {} },
    });
  });

  it("an edit of the side that was put back is one against the other's value, for the policy", () => {
    expect(afterwards("both", { hubspot: "Owner" })).toMatchObject({
      writes: nothingWritten,
      conflicts: [{ kind: "value", mappingId: "title" }],
    });
  });

  it("a side that only receives may go its own way", () => {
    expect(afterwards("to_hubspot", { hubspot: "Owner" })).toMatchObject({
      writes: nothingWritten,
      conflicts: [],
      held: [],
    });
  });
});

// Verifies: R-78
describe("a record that a transfer created", () => {
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

  it("is taken back while it holds what it was made of, and nobody has touched it otherwise", () => {
    expect(undoOf(asTransferred(), made)).toEqual({ kind: "take_back", on: "hubspot" });
    const kept = { kind: "keep", reason: "changed_since" };
    expect(undoOf(asTransferred("Owner"), made)).toEqual(kept);
    expect(undoOf(asTransferred(), made, settings(), true)).toEqual(kept);
    const again = structuredClone(made);
    Object.assign(again.hubspot?.fields.hubspot_title ?? {}, { touched: true });
    expect(undoOf(asTransferred(), again)).toEqual(kept);
  });

  it("stays where its side may not be written any more", () => {
    expect(undoOf(asTransferred(), made, settings({}, "to_snov"))).toEqual({
      kind: "keep",
      reason: "direction_now",
    });
  });

  it("is not made again until somebody edits its partner", () => {
    const creation = { email, title: "CEO" };
    const link = { base: creation, declined: { removal: false, values: {}, creation } };
    const left = (title: string) =>
      input({ link, snov: prospect({ email, title }), absences: { snov: null, hubspot: "archived" } });
    expect(planRecord(settings(), left("CEO"))).toEqual({ kind: "excluded", reason: "undone" });
    expect(planRecord(settings(), left("CFO"))).toMatchObject({ kind: "restore", on: "hubspot" });
  });
});
