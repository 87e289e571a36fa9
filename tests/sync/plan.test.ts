import { describe, expect, it } from "vitest";
import { planRecord } from "@/sync/plan";
import { contact, emailMapping, input, mapping, prospect, settings } from "./planner-fixtures";

const ana = { email: "ana@example.com", title: "CEO" };

describe("a pair with a base", () => {
  const base = { email: "ana@example.com", title: "CEO" };

  it("writes a prospect's change to the contact, and that field only", () => {
    const plan = planRecord(
      settings(),
      input({ base, snov: prospect({ ...ana, title: "CTO" }), hubspot: contact(ana) }),
    );
    expect(plan).toMatchObject({
      kind: "pair",
      writes: { snov: {}, hubspot: { hubspot_title: "CTO" } },
      base: { title: "CTO" },
      conflicts: [],
    });
  });

  it("writes a contact's change to the prospect", () => {
    const plan = planRecord(
      settings(),
      input({ base, snov: prospect(ana), hubspot: contact({ ...ana, title: "CFO" }) }),
    );
    expect(plan).toMatchObject({
      kind: "pair",
      writes: { snov: { snov_title: "CFO" }, hubspot: {} },
      conflicts: [],
    });
  });

  it("holds a field back that both sides changed differently and lets the others travel", () => {
    const both = settings({ mappings: [emailMapping, mapping("title"), mapping("city")] });
    const plan = planRecord(
      both,
      input({
        base: { ...base, city: "Rio" },
        snov: prospect({ ...ana, title: "CTO", city: "Recife" }),
        hubspot: contact({ ...ana, title: "CFO", city: "Rio" }),
      }),
    );
    expect(plan).toMatchObject({
      kind: "pair",
      writes: { snov: {}, hubspot: { hubspot_city: "Recife" } },
      conflicts: [{ mappingId: "title", base: "CEO", values: { snov: "CTO", hubspot: "CFO" } }],
      base: { title: "CEO", city: "Recife" },
    });
  });

  it("agrees where both sides made the same change", () => {
    const plan = planRecord(
      settings(),
      input({ base, snov: prospect({ ...ana, title: "CTO" }), hubspot: contact({ ...ana, title: "CTO " }) }),
    );
    expect(plan).toMatchObject({ writes: { snov: {}, hubspot: {} }, base: { title: "CTO" }, conflicts: [] });
  });

  it("carries a cleared value", () => {
    const plan = planRecord(
      settings(),
      input({ base, snov: prospect({ ...ana, title: null }), hubspot: contact(ana) }),
    );
    expect(plan).toMatchObject({ writes: { hubspot: { hubspot_title: null } }, base: { title: null } });
  });

  it("never clears an e-mail address: it is held back", () => {
    const plan = planRecord(
      settings(),
      input({ base, snov: prospect(ana), hubspot: contact({ title: "CEO", email: null }) }),
    );
    expect(plan).toMatchObject({
      writes: { snov: {}, hubspot: {} },
      held: [{ mappingId: "email", reason: "email_removed" }],
    });
  });

  it("takes an address in other letter case for the same", () => {
    const plan = planRecord(
      settings(),
      input({ base, snov: prospect({ ...ana, email: "Ana@Example.com" }), hubspot: contact(ana) }),
    );
    expect(plan).toMatchObject({ writes: { snov: {}, hubspot: {} } });
  });

  it("keeps the other record where removals are not to travel, and does not create the removed one again", () => {
    expect(planRecord(settings({ removals: "keep" }), input({ base, snov: prospect(ana) }))).toEqual({
      kind: "excluded",
      reason: "removed_in_hubspot",
    });
    expect(planRecord(settings({ removals: "keep" }), input({ base, hubspot: contact(ana) }))).toEqual({
      kind: "excluded",
      reason: "removed_in_snov",
    });
  });

  it("leaves a stopped mapping alone and keeps its base", () => {
    const stopped = settings({ mappings: [emailMapping, mapping("title", { stopped: true })] });
    const plan = planRecord(
      stopped,
      input({ base, snov: prospect({ ...ana, title: "CTO" }), hubspot: contact(ana) }),
    );
    expect(plan).toMatchObject({ writes: { snov: {}, hubspot: {} }, base: { title: "CEO" } });
  });
});

describe("one way (Verifies: R-21)", () => {
  const base = { email: "ana@example.com", title: "CEO" };
  const toHubspot = settings({}, "to_hubspot");

  it("does not reflect an edit of the receiving side", () => {
    const plan = planRecord(
      toHubspot,
      input({ base, snov: prospect(ana), hubspot: contact({ ...ana, title: "CFO" }) }),
    );
    expect(plan).toMatchObject({ writes: { snov: {}, hubspot: {} }, conflicts: [], base: { title: "CEO" } });
  });

  it("lets the next edit of the source win over it", () => {
    const plan = planRecord(
      toHubspot,
      input({ base, snov: prospect({ ...ana, title: "CTO" }), hubspot: contact({ ...ana, title: "CFO" }) }),
    );
    expect(plan).toMatchObject({ writes: { snov: {}, hubspot: { hubspot_title: "CTO" } }, conflicts: [] });
  });

  it("lets an edit of the source settle a difference found at first link", () => {
    const first = {
      ...input({ snov: prospect({ ...ana, title: "CTO" }), hubspot: contact({ ...ana, title: "CFO" }) }),
    };
    expect(planRecord(toHubspot, first)).toMatchObject({ conflicts: [{ mappingId: "title" }] });
    const edited = { ...first, openConflicts: { title: { snov: "CEO", hubspot: "CFO" } } };
    expect(planRecord(toHubspot, edited)).toMatchObject({
      conflicts: [],
      writes: { hubspot: { hubspot_title: "CTO" } },
    });
  });

  it("creates on the receiving side only", () => {
    expect(planRecord(toHubspot, input({ hubspot: contact(ana) }))).toEqual({
      kind: "excluded",
      reason: "direction",
    });
    expect(planRecord(toHubspot, input({ snov: prospect(ana) }))).toMatchObject({
      kind: "create",
      on: "hubspot",
    });
  });
});

describe("a first link", () => {
  it("fills empty fields and never empties a filled one (Verifies: R-61)", () => {
    const plan = planRecord(
      settings(),
      input({ snov: prospect({ ...ana, title: null }), hubspot: contact(ana) }),
    );
    expect(plan).toMatchObject({ writes: { snov: { snov_title: "CEO" }, hubspot: {} }, conflicts: [] });
  });

  it("is a conflict where both sides hold different values (Verifies: R-60)", () => {
    const plan = planRecord(
      settings(),
      input({ snov: prospect({ ...ana, title: "CTO" }), hubspot: contact(ana) }),
    );
    expect(plan).toMatchObject({
      writes: { snov: {}, hubspot: {} },
      conflicts: [{ mappingId: "title", base: undefined }],
    });
  });
});

describe("a creation", () => {
  const extras = settings({
    constants: {
      hubspot: { field: "hubspot_source", value: "from Snov.io" },
      snov: { field: "snov_source", value: "from HubSpot" },
    },
    firstStatus: { snov: null, hubspot: { field: "hs_lead_status", value: "NEW" } },
  });

  it("carries the mapped fields, the constant of its direction and the first status (Verifies: R-31, R-40)", () => {
    expect(planRecord(extras, input({ snov: prospect(ana) }))).toMatchObject({
      kind: "create",
      on: "hubspot",
      fields: {
        hubspot_email: "ana@example.com",
        hubspot_title: "CEO",
        hubspot_source: "from Snov.io",
        hs_lead_status: "NEW",
      },
    });
    expect(planRecord(extras, input({ hubspot: contact(ana) }))).toMatchObject({
      kind: "create",
      on: "snov",
      fields: { snov_email: "ana@example.com", snov_title: "CEO", snov_source: "from HubSpot" },
    });
  });

  it("needs an address and the chosen scope", () => {
    expect(planRecord(settings(), input({ snov: prospect({ title: "CEO" }) }))).toEqual({
      kind: "excluded",
      reason: "no_email",
    });
    expect(planRecord(settings(), input({ snov: prospect(ana, false) }))).toEqual({
      kind: "excluded",
      reason: "out_of_scope",
    });
  });

  it("sends nothing for a field whose direction is the other one (Verifies: R-36)", () => {
    const inward = settings({
      mappings: [emailMapping, mapping("title", { writable: { snov: true, hubspot: false } })],
    });
    expect(planRecord(inward, input({ snov: prospect(ana) }))).toMatchObject({
      fields: { hubspot_email: "ana@example.com" },
    });
    expect(planRecord(inward, input({ snov: prospect(ana) }))).not.toHaveProperty("fields.hubspot_title");
  });
});

describe("constants and the first status", () => {
  const base = { email: "ana@example.com", title: "CEO" };
  const extras = settings({
    constants: { snov: null, hubspot: { field: "hubspot_source", value: "from Snov.io" } },
    firstStatus: { snov: null, hubspot: { field: "hs_lead_status", value: "NEW" } },
  });

  it("never cause a write of their own (Verifies: R-40)", () => {
    expect(planRecord(extras, input({ base, snov: prospect(ana), hubspot: contact(ana) }))).toMatchObject({
      writes: { snov: {}, hubspot: {} },
    });
  });

  it("ride on a write", () => {
    const plan = planRecord(
      extras,
      input({ base, snov: prospect({ ...ana, title: "CTO" }), hubspot: contact(ana) }),
    );
    expect(plan).toMatchObject({
      writes: { hubspot: { hubspot_title: "CTO", hubspot_source: "from Snov.io", hs_lead_status: "NEW" } },
    });
  });

  it("leave a status alone that somebody has set, and one that was given before (Verifies: R-31)", () => {
    const changed = prospect({ ...ana, title: "CTO" });
    const withStatus = contact(ana);
    withStatus.fields.hs_lead_status = "OPEN";
    expect(planRecord(extras, input({ base, snov: changed, hubspot: withStatus }))).not.toHaveProperty(
      "writes.hubspot.hs_lead_status",
    );
    const synced = input({ base, snov: changed, hubspot: contact(ana) });
    if (synced.link) synced.link.firstSynced.hubspot = true;
    expect(planRecord(extras, synced)).not.toHaveProperty("writes.hubspot.hs_lead_status");
  });
});
