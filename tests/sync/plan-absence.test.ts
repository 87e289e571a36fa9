import { describe, expect, it } from "vitest";
import { planAbsence } from "@/sync/plan-absence";
import type { PlannerSettings } from "@/sync/planner-settings";
import type { ObservedRecord, PlanInput } from "@/sync/record-plan";
import type { Absence } from "@/sync/removal";
import { otherSide, type Side } from "@/sync/side";
import type { Value } from "@/sync/value";
import {
  contact,
  email,
  emailMapping,
  everything,
  input,
  mapping,
  nothingSent,
  prospect,
  settings,
  withMapping,
} from "./planner-fixtures";

const ana = { email, title: "CEO" };
const sides: Side[] = ["snov", "hubspot"];
const absences: Absence[] = ["archived", "deleted", "privacy_deleted"];
const excluded = (reason: string) => ({ kind: "excluded", reason });
const onlyOn = (side: Side) => ({ snov: side === "snov", hubspot: side === "hubspot" });
const unable = (what: keyof typeof everything) => ({ ...everything, [what]: false });

/** Only Ana's record on `here` is left of the pair. */
function left(here: Side, parts: Parameters<typeof input>[0] = {}): PlanInput {
  const its = here === "snov" ? { snov: prospect(ana) } : { hubspot: contact(ana) };
  return input({ ...its, base: ana, ...parts });
}

function why(there: Side, absence: Absence) {
  return { absences: { snov: null, hubspot: null, [there]: absence } };
}

function plan(planner: PlannerSettings, given: PlanInput) {
  const here = given.records.snov ? "snov" : "hubspot";
  if (!given.link) throw new Error("Not linked");
  return planAbsence(planner, given, given.link, here, given.records[here] as ObservedRecord);
}

describe.each(sides)("a linked record removed on the other side than %s (Verifies: R-70)", (here) => {
  const there = otherSide(here);
  const kept = excluded(`removed_in_${there}`);

  it.each<Absence>(["archived", "deleted"])(
    "A removal travels: the partner goes to its recycle bin (%s)",
    (absence) => {
      expect(plan(settings(), left(here, why(there, absence)))).toEqual({
        kind: "remove",
        on: here,
        why: absence,
      });
    },
  );

  it("A record that is gone without a word was deleted", () => {
    expect(plan(settings(), left(here))).toEqual({ kind: "remove", on: here, why: "deleted" });
  });

  it("A removal does not travel against the sync type, and the removed record does not come back", () => {
    expect(plan(settings({ writable: onlyOn(there) }), left(here))).toEqual(kept);
    expect(plan(settings({ writable: onlyOn(here) }), left(here))).toMatchObject({ kind: "remove" });
  });

  it("A removal does not travel to a side that cannot remove", () => {
    const capabilities = { snov: everything, hubspot: everything, [here]: unable("remove") };
    expect(plan(settings({ capabilities }), left(here))).toEqual(kept);
  });

  it("A removal does not travel where the setting says keep", () => {
    expect(plan(settings({ removals: "keep" }), left(here))).toEqual(kept);
  });

  it("A removal that a person declined does not travel", () => {
    expect(plan(settings(), left(here, { link: { declined: { removal: true, values: {} } } }))).toEqual(kept);
  });

  it("A record that had left the chosen lists takes no partner with it", () => {
    const inScope = { snov: true, hubspot: true, [there]: false };
    expect(plan(settings(), left(here, { link: { inScope } }))).toEqual(excluded("out_of_scope"));
  });

  it("It does not matter whether the record that is left was in the chosen lists", () => {
    const inScope = { snov: true, hubspot: true, [here]: false };
    expect(plan(settings(), left(here, { link: { inScope } }))).toMatchObject({ kind: "remove" });
  });
});

describe.each(sides)("a privacy deletion, seen from %s (Verifies: R-70)", (here) => {
  const there = otherSide(here);
  const gone = why(there, "privacy_deleted");

  it("It erases the partner for good, whatever the setting, the lists or an edit say", () => {
    const edited =
      here === "snov" ? { snov: prospect({ email, title: "CTO" }) } : { hubspot: contact({ email }) };
    const given = left(here, { ...gone, ...edited, link: { inScope: { snov: false, hubspot: false } } });
    expect(plan(settings({ removals: "keep" }), given)).toEqual({ kind: "erase", on: here });
  });

  it("It erases also a record that a person restored", () => {
    expect(plan(settings(), left(here, { ...gone, link: { bothRemoved: true } }))).toEqual({
      kind: "erase",
      on: here,
    });
  });

  it.each<Absence>(["archived", "deleted"])(
    "A record that was given an erased address stays, also where its partner was %s",
    (absence) => {
      expect(plan(settings(), left(here, { ...why(there, absence), erased: true }))).toEqual(
        excluded("erased"),
      );
    },
  );

  it("Where the sync type or the side forbids it nothing is erased, and nothing comes back either", () => {
    const capabilities = { snov: everything, hubspot: everything, [here]: unable("erase") };
    expect(plan(settings({ writable: onlyOn(there) }), left(here, gone))).toEqual(excluded("erased"));
    expect(plan(settings({ capabilities }), left(here, gone))).toEqual(excluded("erased"));
  });
});

describe.each(sides)(
  "a record that we removed and a person restored in %s (Verifies: R-70, R-75)",
  (here) => {
    const there = otherSide(here);
    const bothRemoved = { link: { bothRemoved: true } };

    it("Its partner comes back out of the recycle bin", () => {
      expect(plan(settings(), left(here, { ...why(there, "archived"), ...bothRemoved }))).toEqual({
        kind: "restore",
        on: there,
      });
    });

    it("Its partner is created anew where it was deleted for good", () => {
      expect(plan(settings(), left(here, { ...why(there, "deleted"), ...bothRemoved }))).toMatchObject({
        kind: "create",
        on: there,
      });
    });

    it("Its partner is created anew where the side cannot restore", () => {
      const capabilities = { snov: everything, hubspot: everything, [there]: unable("restore") };
      const given = left(here, { ...why(there, "archived"), ...bothRemoved });
      expect(plan(settings({ capabilities }), given)).toMatchObject({ kind: "create", on: there });
    });

    it("Its partner stays removed where the sync type writes nothing there", () => {
      for (const absence of absences.slice(0, 2))
        expect(
          plan(settings({ writable: onlyOn(here) }), left(here, { ...why(there, absence), ...bothRemoved })),
        ).toEqual(excluded(`removed_in_${there}`));
    });

    it("A removal of ours that a crash left uncommitted is not taken for a person's: the record comes back", () => {
      const unconfirmed = { snov: nothingSent, hubspot: nothingSent, [there]: { values: {}, removal: true } };
      expect(plan(settings(), left(here, { ...why(there, "archived"), unconfirmed }))).toEqual({
        kind: "restore",
        on: there,
      });
    });

    it("A removal of ours on this side says nothing about the other one's", () => {
      const unconfirmed = { snov: nothingSent, hubspot: nothingSent, [here]: { values: {}, removal: true } };
      expect(plan(settings(), left(here, { ...why(there, "archived"), unconfirmed }))).toMatchObject({
        kind: "remove",
        on: here,
      });
    });
  },
);

describe("a record removed on one side and edited on the other (Verifies: R-64)", () => {
  const removedInHubspot = why("hubspot", "archived");
  const removed = { kind: "remove", on: "snov", why: "archived" };

  function disputed(values: Record<string, Value>) {
    const mappingIds = Object.keys(values);
    const about = {
      kind: "removed_and_edited",
      removedOn: "hubspot",
      absence: "archived",
      mappingIds,
      values,
    };
    return { kind: "disputed", dispute: about };
  }

  function prospectWith(values: Record<string, Value>, parts: Parameters<typeof input>[0] = {}) {
    return left("snov", { ...removedInHubspot, snov: prospect(values), ...parts });
  }

  it("A person is asked before an edited record is removed, and is told of every edited field", () => {
    expect(plan(settings(), prospectWith({ email, title: "CTO" }))).toEqual(disputed({ title: "CTO" }));
    expect(plan(settings(), prospectWith({ email: "ana@example.org", title: null }))).toEqual(
      disputed({ email: "ana@example.org", title: null }),
    );
  });

  it("A choice without a counterpart is an edit, also where the sides never agreed on the field", () => {
    const choices = { snov: { s: "SMALL" }, hubspot: { klein: "SMALL" } };
    const planner = settings({ mappings: [emailMapping, mapping("title", { type: "choice", choices })] });
    expect(plan(planner, prospectWith({ email, title: "huge" }, { base: { email } }))).toEqual(
      disputed({ title: "huge" }),
    );
  });

  it("It is no edit to write the same otherwise", () => {
    expect(plan(settings(), prospectWith({ email: "ANA@example.com", title: " CEO " }))).toEqual(removed);
  });

  it("Emptying a field is an edit, and a field that was empty before is none", () => {
    expect(plan(settings(), prospectWith({ email, title: null }))).toEqual(disputed({ title: null }));
    expect(plan(settings(), prospectWith({ email, title: null }, { base: { email, title: null } }))).toEqual(
      removed,
    );
  });

  it("A value that the sides never agreed on is an edit, and an empty field is none", () => {
    expect(plan(settings(), prospectWith(ana, { base: { email } }))).toEqual(disputed({ title: "CEO" }));
    expect(plan(settings(), prospectWith({ email, title: "" }, { base: { email } }))).toEqual(removed);
  });

  it("An edit in a field that does not travel from its side counts as well: the removal would take it along", () => {
    const planner = withMapping("title", { writable: { snov: true, hubspot: false } });
    expect(plan(planner, prospectWith({ email, title: "CTO" }))).toEqual(disputed({ title: "CTO" }));
  });

  it("A field that is gone from its side is no edit", () => {
    expect(plan(settings(), prospectWith({ email }))).toEqual(removed);
  });

  it("An edit in a stopped mapping is one against what both sides had before, where they had anything", () => {
    const stopped = withMapping("title", { stopped: true });
    expect(plan(stopped, prospectWith({ email, title: "CTO" }))).toEqual(disputed({ title: "CTO" }));
    expect(plan(stopped, prospectWith({ email, title: "CEO" }))).toEqual(removed);
    expect(plan(stopped, prospectWith({ email, title: "CTO" }, { base: { email } }))).toEqual(removed);
  });

  it("A value that never travels there, and was never there, is no edit", () => {
    const received = withMapping("title", { writable: { snov: true, hubspot: false } });
    expect(plan(received, prospectWith(ana, { base: { email, title: null } }))).toEqual(removed);
    expect(plan(received, prospectWith(ana, { base: { email } }))).toEqual(removed);
    expect(plan(received, prospectWith({ email, title: "CTO" }))).toEqual(disputed({ title: "CTO" }));
  });

  it("A value that stayed beside another one when the two met cannot be told from an edit", () => {
    const received = withMapping("title", { writable: { snov: true, hubspot: false } });
    expect(plan(received, prospectWith(ana, { base: { email, title: "Owner" } }))).toEqual(
      disputed({ title: "CEO" }),
    );
  });

  it("A value that a person left as it is is no edit, and another one is", () => {
    const link = {
      base: ana,
      declined: { removal: false, values: { title: { snov: "CTO", hubspot: null } } },
    };
    expect(plan(settings(), prospectWith({ email, title: "CTO" }, { link }))).toEqual(removed);
    expect(plan(settings(), prospectWith({ email, title: "CFO" }, { link }))).toEqual(
      disputed({ title: "CFO" }),
    );
  });

  it("A choice without a counterpart is an edit", () => {
    const sized = withMapping("title", {
      type: "choice",
      choices: { snov: { chief: "CEO" }, hubspot: null },
    });
    expect(plan(sized, prospectWith({ email, title: "boss" }))).toEqual(disputed({ title: "boss" }));
    expect(plan(sized, prospectWith({ email, title: "chief" }))).toEqual(removed);
  });

  it("A value of ours that a crash left uncommitted is no person's edit", () => {
    const sent = { values: { title: ["COO", "CTO"] }, removal: false };
    const toSnov = { unconfirmed: { snov: sent, hubspot: nothingSent } };
    expect(plan(settings(), prospectWith({ email, title: "CTO" }, toSnov))).toEqual(removed);
    expect(plan(settings(), prospectWith({ email, title: "CFO" }, toSnov))).toEqual(
      disputed({ title: "CFO" }),
    );
    const toHubspot = { unconfirmed: { snov: nothingSent, hubspot: sent } };
    expect(plan(settings(), prospectWith({ email, title: "CTO" }, toHubspot))).toEqual(
      disputed({ title: "CTO" }),
    );
  });

  it("Unmapped fields count for nothing", () => {
    const planner = settings({ mappings: [emailMapping, mapping("city")] });
    expect(
      plan(planner, prospectWith({ email, title: "CTO", city: null }, { base: { email, city: null } })),
    ).toEqual(removed);
  });
});
