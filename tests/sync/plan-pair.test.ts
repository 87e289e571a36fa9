import { describe, expect, it } from "vitest";
import {
  contact,
  email,
  emailMapping,
  everything,
  input,
  mapping,
  nothingWritten,
  planOfPair,
  prospect,
  settings,
  titles,
  withMapping,
} from "./planner-fixtures";

const toHubspot = settings({}, "to_hubspot");

describe("two linked records (Verifies: R-60, R-70)", () => {
  it("Only the fields that changed are written, and only on the side that lacks the change", () => {
    const plan = planOfPair(settings(), titles("CTO", "CEO", "CEO"));
    expect(plan.writes).toEqual({ snov: {}, hubspot: { hubspot_title: "CTO" } });
    expect(plan.base).toEqual({ email, title: "CTO" });
    expect(planOfPair(settings(), titles("CEO", "CFO", "CEO")).writes).toEqual({
      snov: { snov_title: "CFO" },
      hubspot: {},
    });
  });

  it("Records that agree need nothing", () => {
    expect(planOfPair(settings(), titles("CEO", "CEO", "CEO"))).toEqual({
      kind: "pair",
      writes: nothingWritten,
      base: { email, title: "CEO" },
      baseBefore: { email, title: "CEO" },
      conflicts: [],
      held: [],
      replaced: [],
      declined: { removal: false, values: {} },
      refused: {},
      resolved: {},
    });
  });

  it("Both sides made the same change: they agree on it as Snov.io writes it", () => {
    const plan = planOfPair(settings(), titles("CTO", "CTO ", "CEO"));
    expect(plan.writes).toEqual(nothingWritten);
    expect(plan.base.title).toBe("CTO");
  });

  it("A field in conflict waits with the three values to choose from, and the rest of the record travels", () => {
    const both = settings({ mappings: [emailMapping, mapping("title"), mapping("city")] });
    const plan = planOfPair(
      both,
      input({
        base: { email, title: "CEO", city: "Rio" },
        snov: prospect({ email, title: "CTO", city: "Recife" }),
        hubspot: contact({ email, title: "CFO", city: "Rio" }),
      }),
    );
    expect(plan.conflicts).toEqual([
      { kind: "value", mappingId: "title", base: "CEO", values: { snov: "CTO", hubspot: "CFO" } },
    ]);
    expect(plan.writes).toEqual({ snov: {}, hubspot: { hubspot_city: "Recife" } });
    expect(plan.base).toEqual({ email, title: "CEO", city: "Recife" });
  });

  it("A difference found at first link is a conflict without a former value", () => {
    const plan = planOfPair(settings(), titles("CTO", "CFO"));
    expect(plan.conflicts).toEqual([
      { kind: "value", mappingId: "title", base: undefined, values: { snov: "CTO", hubspot: "CFO" } },
    ]);
    expect(plan.base).toEqual({ email });
  });

  it("A stopped mapping is left alone, and what was agreed on is remembered", () => {
    const plan = planOfPair(withMapping("title", { stopped: true }), titles("CTO", "CFO", "CEO"));
    expect(plan).toMatchObject({ base: { title: "CEO" }, conflicts: [], held: [] });
    expect(plan.writes).toEqual(nothingWritten);
  });

  it("The later change wins by the times the sides tell", () => {
    const given = titles("CTO", "CFO", "CEO");
    if (given.records.snov) given.records.snov.changedAt = { snov_title: 200 };
    if (given.records.hubspot) given.records.hubspot.changedAt = { hubspot_title: 100 };
    const plan = planOfPair(withMapping("title", { policy: "most_recent" }), given);
    expect(plan.writes).toEqual({ snov: {}, hubspot: { hubspot_title: "CTO" } });
  });

  it("Where the policy prefers a one-way field's receiver both stay, and the source's next edit counts from its value now", () => {
    const inward = { policy: "hubspot_wins", writable: { snov: false, hubspot: true } } as const;
    const plan = planOfPair(withMapping("title", inward), titles("CTO", "CFO"));
    expect(plan.writes).toEqual(nothingWritten);
    expect(plan.base.title).toBe("CTO");
  });
});

describe("values that give way (Verifies: R-21, R-61, R-78)", () => {
  it("A person's value that a policy replaces is told with the reason", () => {
    const plan = planOfPair(withMapping("title", { policy: "snov_wins" }), titles("CTO", "CFO", "CEO"));
    expect(plan.replaced).toEqual([{ mappingId: "title", on: "hubspot", value: "CFO", why: "policy" }]);
  });

  it("A receiver's own value that the source's edit replaces is told with the reason", () => {
    const plan = planOfPair(toHubspot, titles("CTO", "CFO", "CEO"));
    expect(plan.replaced).toEqual([{ mappingId: "title", on: "hubspot", value: "CFO", why: "source" }]);
  });

  it("An old value that an ordinary change follows, and an empty one that is filled, are not told", () => {
    expect(planOfPair(settings(), titles("CTO", "CEO", "CEO")).replaced).toEqual([]);
    expect(planOfPair(settings(), titles("CTO", null)).replaced).toEqual([]);
  });

  it("A one-way conflict found at first link is settled by the source's next edit, in the words of its choices", () => {
    const given = titles("CTO", "CFO", undefined, { link: {} });
    const recorded = (snov: string) => ({ ...given, openConflicts: { title: { snov, hubspot: "CFO" } } });
    expect(planOfPair(toHubspot, recorded("CEO")).writes.hubspot).toEqual({ hubspot_title: "CTO" });
    expect(planOfPair(toHubspot, recorded("CTO")).conflicts).toHaveLength(1);
    expect(planOfPair(toHubspot, recorded("CTO")).writes).toEqual(nothingWritten);
  });
});

describe("which records travel (Verifies: R-32)", () => {
  it("A change leaves only a record that is in the chosen lists, and waits until it is", () => {
    const outside = input({
      base: { email, title: "CEO" },
      snov: prospect({ email, title: "CTO" }, false),
      hubspot: contact({ email, title: "CEO" }),
    });
    const plan = planOfPair(settings(), outside);
    expect(plan.writes).toEqual(nothingWritten);
    expect(plan.base.title).toBe("CEO");
    expect(plan.held).toEqual([{ mappingId: "title", reason: "out_of_scope", value: "CEO" }]);
  });

  it("A change still reaches a record outside the lists from one within them", () => {
    const outside = input({
      base: { email, title: "CEO" },
      snov: prospect({ email, title: "CEO" }, false),
      hubspot: contact({ email, title: "CFO" }),
    });
    expect(planOfPair(settings(), outside).writes.snov).toEqual({ snov_title: "CFO" });
  });
});

describe("fields that cannot travel (Verifies: R-04, R-34, R-77)", () => {
  it("An e-mail address is never emptied: it is held back, and so named", () => {
    const plan = planOfPair(
      settings({ capabilities: { snov: { ...everything, clear: false }, hubspot: everything } }),
      input({
        base: { email },
        snov: prospect({ email, title: null }),
        hubspot: contact({ email: "", title: null }),
      }),
    );
    expect(plan.held).toEqual([{ mappingId: "email", reason: "email_removed", value: email }]);
    expect(plan.writes).toEqual(nothingWritten);
    expect(plan.base.email).toBe(email);
  });

  it("A side that cannot empty a field keeps its value, and the field says so", () => {
    const capabilities = { snov: everything, hubspot: { ...everything, clear: false } };
    const plan = planOfPair(settings({ capabilities }), titles(null, "CEO", "CEO"));
    expect(plan.held).toEqual([{ mappingId: "title", reason: "cannot_clear", value: "CEO" }]);
    expect(plan.writes).toEqual(nothingWritten);
    expect(plan.base.title).toBe("CEO");
    expect(planOfPair(settings({ capabilities }), titles("CEO", null, "CEO")).writes.snov).toEqual({
      snov_title: null,
    });
    expect(planOfPair(settings({ capabilities }), titles("CTO", "CEO", "CEO")).writes.hubspot).toEqual({
      hubspot_title: "CTO",
    });
  });

  it("An e-mail changed to one that another record has is a conflict that names that record", () => {
    const taken = input({
      base: { email },
      snov: prospect({ email: "bia@example.com", title: null }),
      hubspot: contact({ email, title: null }),
      addressOwners: {
        snov: { "bia@example.com": "snov-9" },
        hubspot: { "bia@example.com": "hubspot-9", "other@example.com": "hubspot-8" },
      },
    });
    const plan = planOfPair(settings(), taken);
    expect(plan.conflicts).toEqual([
      {
        kind: "same_address",
        mappingId: "email",
        on: "hubspot",
        otherId: "hubspot-9",
        values: { snov: "bia@example.com", hubspot: email },
      },
    ]);
    expect(plan.writes).toEqual(nothingWritten);
    expect(plan.base.email).toBe(email);
  });

  it("Another record with the address keeps no other field back", () => {
    const taken = { addressOwners: { snov: {}, hubspot: { [email]: "hubspot-9" } } };
    expect(planOfPair(settings(), titles("CTO", "CEO", "CEO", taken)).writes.hubspot).toEqual({
      hubspot_title: "CTO",
    });
  });

  it("A field that its side does not show is held back, and never taken for empty", () => {
    const base = { email, title: "CEO" };
    const noContactTitle = input({
      base,
      snov: prospect({ email, title: "CTO" }),
      hubspot: contact({ email }),
    });
    const plan = planOfPair(settings(), noContactTitle);
    expect(plan.held).toEqual([{ mappingId: "title", reason: "field_missing", value: "hubspot_title" }]);
    expect(plan.writes).toEqual(nothingWritten);
    expect(plan.base).toEqual(base);
    const neither = input({ base, snov: prospect({ email }), hubspot: contact({ email }) });
    expect(planOfPair(settings(), neither).held).toMatchObject([{ value: "snov_title" }]);
  });

  it("A field is not there merely because every object knows its name", () => {
    const fields = { snov: "snov_title", hubspot: "constructor" };
    const values = { snov: prospect({ email, title: "CTO" }), hubspot: contact({ email }) };
    const plan = planOfPair(withMapping("title", { fields }), input({ base: { email }, ...values }));
    expect(plan.held).toMatchObject([{ reason: "field_missing", value: "constructor" }]);
  });
});

describe("a change that a person told us to leave alone (Verifies: R-76)", () => {
  const left = { declined: { removal: false, values: { title: { snov: "CTO", hubspot: "CEO" } } } };

  it("It is left alone for as long as both values are what they were", () => {
    const plan = planOfPair(settings(), titles("CTO ", "CEO", "CEO", { link: left }));
    expect(plan.writes).toEqual(nothingWritten);
    expect(plan.declined).toEqual({ removal: false, values: { title: { snov: "CTO ", hubspot: "CEO" } } });
    expect(plan.base.title).toBe("CEO");
  });

  it.each([
    [
      "in Snov.io",
      titles("COO", "CEO", "CEO", { link: left }),
      { snov: {}, hubspot: { hubspot_title: "COO" } },
    ],
    ["in HubSpot", titles("CEO", "CFO", "CEO", { link: left }), { snov: { snov_title: "CFO" }, hubspot: {} }],
  ])("It is forgotten once somebody edits the field %s", (_, given, writes) => {
    const plan = planOfPair(settings(), given);
    expect(plan.writes).toEqual(writes);
    expect(plan.declined.values).toEqual({});
  });

  it("A record that is there on both sides has no declined removal any more", () => {
    const given = titles("CEO", "CEO", "CEO", { link: { declined: { removal: true, values: {} } } });
    expect(planOfPair(settings(), given).declined.removal).toBe(false);
  });
});

// Verifies: R-78
describe("what an undo left apart, and a person asks for anew", () => {
  const undone = {
    removal: false,
    values: { title: { snov: "CTO", hubspot: "CEO", undone: true as const } },
  };
  const given = (base: string) =>
    titles("CTO", "CEO", undefined, { link: { base: { email, title: base }, declined: undone } });
  const writable = (snov: boolean, hubspot: boolean, takesUpUndone: boolean) =>
    settings({ mappings: [emailMapping, mapping("title", { writable: { snov, hubspot } })], takesUpUndone });

  it.each([
    ["travels as it would have", true, true, "CEO", { snov: {}, hubspot: { hubspot_title: "CTO" } }],
    [
      "travels to the only side that receives",
      false,
      true,
      "CTO",
      { snov: {}, hubspot: { hubspot_title: "CTO" } },
    ],
    ["stays where neither side receives", false, false, "CEO", nothingWritten],
  ])("%s", (_, snov, hubspot, base, writes) => {
    const plan = planOfPair(writable(snov, hubspot, true), given(base));
    expect(plan.writes).toEqual(writes);
    expect(plan.held.length).toBe(snov || hubspot ? 0 : 1);
    const left = planOfPair(writable(snov, hubspot, false), given(base));
    expect(left).toMatchObject({ writes: nothingWritten, held: [{ mappingId: "title", reason: "undone" }] });
  });

  it("does not travel where it was no undo that left it apart", () => {
    const discarded = {
      removal: false,
      values: { title: { snov: "CTO", hubspot: "CEO", discarded: true as const } },
    };
    const other = titles("CTO", "CEO", undefined, {
      link: { base: { email, title: "CEO" }, declined: discarded },
    });
    expect(planOfPair(writable(true, true, true), other).writes).toEqual(nothingWritten);
  });
});
