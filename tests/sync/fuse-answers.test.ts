import { describe, expect, it } from "vitest";
import { answersAbout, type FuseAnswer, type PlannedRecord, withAnswers } from "@/sync/fuse-answers";
import { noHarm } from "@/sync/fuses";
import { planRecord } from "@/sync/plan";
import type { PlanInput } from "@/sync/record-plan";
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
} from "./planner-fixtures";

const planner = settings({ mappings: [emailMapping, mapping("title"), mapping("city")] });
const minute = 60_000;
const noon = Date.parse("2026-03-01T12:00:00.000Z");
const rules = { mappings: planner.mappings, bounces: 2, windowMs: 60 * minute, now: noon };

const at = (time: number) => new Date(time).toISOString();
const given = (
  kind: FuseAnswer["kind"],
  answer: FuseAnswer["answer"],
  until = noon,
  stoppedAt?: number,
): FuseAnswer => ({
  kind,
  answer,
  noticedUntil: at(until),
  ...(stoppedAt === undefined ? {} : { stoppedAt: at(stoppedAt) }),
});

function planned(about: PlanInput, more: Partial<PlannedRecord> = {}): PlannedRecord {
  return {
    plan: planRecord(planner, about),
    input: about,
    turns: {},
    removedAt: { snov: undefined, hubspot: undefined },
    latestChange: { snov: 0, hubspot: 0 },
    ...more,
  };
}

/** The title was changed in Snov.io at that time. */
function overwriting(time: number): PlannedRecord {
  const about = titles("CTO", "CEO", "CEO");
  if (about.records.snov) about.records.snov.changedAt = { snov_title: time };
  return planned(about);
}

/** The title was changed in HubSpot, of which only that is known when anything of the contact changed. */
function overwritingHere(time: number): PlannedRecord {
  return planned(titles("CEO", "CTO", "CEO"), { latestChange: { snov: 0, hubspot: time } });
}

/** The prospect was trashed at that time. */
function removing(time: number | undefined): PlannedRecord {
  const about = input({
    hubspot: contact({ email, title: "CEO" }),
    base: { email, title: "CEO" },
    absences: { snov: "archived", hubspot: null },
  });
  return planned(about, { removedAt: { snov: time, hubspot: noon + 9 * minute } });
}

describe("an answer about a blown fuse (Verifies: R-71, R-76)", () => {
  it("is about what had been noticed when it was given", () => {
    const [early, late] = [given("removals", "continue", noon), given("removals", "discard", noon + minute)];
    expect(answersAbout([early, late], noon)).toEqual([early, late]);
    expect(answersAbout([early, late], noon + 1)).toEqual([late]);
    expect(answersAbout([early, late], noon + 2 * minute)).toEqual([]);
  });

  it("leaves a plan and its harm as they are where none was given", () => {
    const record = overwriting(noon);
    expect(withAnswers(record, [], rules)).toMatchObject({
      plan: record.plan,
      harm: { removals: 0, blankings: 0, overwrites: 1 },
      declinedRemoval: false,
      turns: { title: { to: "hubspot", at: [noon] } },
    });
  });

  it("is only for its own kind of harm", () => {
    const record = overwriting(noon);
    const answers = [
      given("removals", "discard"),
      given("blankings", "discard"),
      given("bounces", "discard"),
    ];
    expect(withAnswers(record, answers, rules)).toMatchObject({ plan: record.plan, harm: { overwrites: 1 } });
  });
});

describe("to continue (Verifies: R-76)", () => {
  it("lets pass without being counted what had come about by then, and nothing that came later", () => {
    const answers = [given("overwrites", "continue")];
    const harmOf = (record: PlannedRecord) => withAnswers(record, answers, rules).harm.overwrites;
    expect([harmOf(overwriting(noon)), harmOf(overwriting(noon + 1))]).toEqual([0, 1]);
    expect(withAnswers(overwriting(noon), answers, rules).plan).toEqual(overwriting(noon).plan);
  });

  it("counts what may have come later, where only the contact's last change is known", () => {
    const answers = [given("overwrites", "continue")];
    const harmOf = (record: PlannedRecord) => withAnswers(record, answers, rules).harm.overwrites;
    expect([harmOf(overwritingHere(noon)), harmOf(overwritingHere(noon + 1))]).toEqual([0, 1]);
  });

  it("counts a record of which anything of the kind came later, and only of that kind", () => {
    const both = (city: number, value: string | null) => {
      const about = input({
        snov: prospect({ email, title: "CTO", city: value }),
        hubspot: contact({ email, title: "CEO", city: "Rio" }),
        base: { email, title: "CEO", city: "Rio" },
      });
      if (about.records.snov) about.records.snov.changedAt = { snov_title: noon, snov_city: city };
      return withAnswers(planned(about), [given("overwrites", "continue")], rules).harm;
    };
    expect(both(noon + 1, "Natal")).toMatchObject({ overwrites: 1 });
    expect(both(noon, "Natal")).toMatchObject({ overwrites: 0 });
    expect(both(noon + 1, null)).toMatchObject({ overwrites: 0, blankings: 1 });
  });

  it("of a privacy deletion goes by when the contact was removed, and asks nothing of a pair that only travels", () => {
    const about = input({
      snov: prospect({ email, title: "CEO" }),
      base: { email, title: "CEO" },
      absences: { snov: null, hubspot: "privacy_deleted" },
    });
    const erasing = (time: number) => planned(about, { removedAt: { snov: undefined, hubspot: time } });
    expect(erasing(noon).plan.kind).toBe("erase");
    const harmOf = (record: PlannedRecord) =>
      withAnswers(record, [given("removals", "continue")], rules).harm.removals;
    expect([harmOf(erasing(noon)), harmOf(erasing(noon + 1))]).toEqual([0, 1]);
    expect(harmOf({ ...overwriting(noon), removedAt: { snov: noon + 1, hubspot: noon + 1 } })).toBe(0);
  });

  it("goes by when the record was removed on the side that lost it", () => {
    const answers = [given("removals", "continue")];
    const harmOf = (time: number | undefined) => withAnswers(removing(time), answers, rules).harm.removals;
    expect([harmOf(noon), harmOf(undefined), harmOf(noon + 1)]).toEqual([0, 0, 1]);
  });

  it("forgets the turns of what bounced", () => {
    const turns = { title: { to: "snov" as const, at: [noon - 2, noon - 1] } };
    const record = { ...overwriting(noon), turns };
    expect(withAnswers(record, [], rules).turns.title?.at).toHaveLength(3);
    expect(withAnswers(record, [given("bounces", "continue")], rules).turns).toEqual({});
  });
});

describe("to discard (Verifies: R-71, R-76)", () => {
  it("takes out of the plan what had come about by then, and nothing that came later", () => {
    const answers = [given("overwrites", "discard")];
    const discarded = withAnswers(overwriting(noon), answers, rules);
    expect(discarded.plan).toHaveProperty("writes", nothingWritten);
    expect(discarded.plan).toHaveProperty("declined.values.title.discarded", true);
    expect([discarded.harm.overwrites, discarded.turns]).toEqual([0, {}]);
    const later = overwriting(noon + 1);
    expect(withAnswers(later, answers, rules)).toMatchObject({ plan: later.plan, harm: { overwrites: 1 } });
  });

  it("takes out what may have come later as well: nobody knows that it did", () => {
    const { plan, harm } = withAnswers(overwritingHere(noon + 1), [given("overwrites", "discard")], rules);
    expect(plan).toHaveProperty("writes", nothingWritten);
    expect(harm.overwrites).toBe(0);
  });

  it("leaves a removal alone, unless it came later", () => {
    const answers = [given("removals", "discard")];
    for (const time of [noon, undefined])
      expect(withAnswers(removing(time), answers, rules)).toMatchObject({
        plan: { kind: "excluded", reason: "removed_in_snov" },
        declinedRemoval: true,
        harm: { removals: 0 },
      });
    expect(withAnswers(removing(noon + 1), answers, rules)).toMatchObject({
      plan: { kind: "remove", on: "hubspot" },
      declinedRemoval: false,
      harm: { removals: 1 },
    });
  });

  it("goes by the answer that the harm came before, else by the first one", () => {
    const answers = [
      given("overwrites", "continue", noon),
      given("overwrites", "discard", noon + 2 * minute),
    ];
    const titleOf = (time: number) => withAnswers(overwriting(time), answers, rules).plan;
    expect(titleOf(noon)).toHaveProperty("writes.hubspot", { hubspot_title: "CTO" });
    expect(titleOf(noon + minute)).toHaveProperty("writes.hubspot", {});
    expect(titleOf(noon + 3 * minute)).toHaveProperty("writes.hubspot", { hubspot_title: "CTO" });
  });

  it("combines with what was said about another kind of harm of the same record", () => {
    const about = input({
      snov: { ...prospect({ email, title: "CTO", city: null }), changedAt: {} },
      hubspot: contact({ email, title: "CEO", city: "Rio" }),
      base: { email, title: "CEO", city: "Rio" },
    });
    const both = (...answers: FuseAnswer[]) => withAnswers(planned(about), answers, rules);
    const one = both(given("blankings", "continue"), given("overwrites", "discard"));
    expect(one.plan).toHaveProperty("writes.hubspot", { hubspot_city: null });
    expect(one.harm).toEqual(noHarm);
    const all = both(given("blankings", "discard"), given("overwrites", "discard"));
    expect(all.plan).toHaveProperty("writes", nothingWritten);
    expect(all.harm).toEqual(noHarm);
  });

  it("takes out what bounced when the fuse blew, however old its turns are by now", () => {
    const turns = { title: { to: "snov" as const, at: [noon - 2, noon - 1] } };
    const record = { ...overwriting(noon), turns };
    const late = { ...rules, now: noon + 9 * rules.windowMs };
    const stopped = given("bounces", "discard", late.now, noon);
    const { plan, turns: left } = withAnswers(record, [stopped], late);
    expect(plan).toHaveProperty("writes", nothingWritten);
    expect(left).toEqual({});
    const unknown = given("bounces", "discard", late.now);
    expect(withAnswers(record, [unknown], late).plan).toEqual(record.plan);
  });
});
