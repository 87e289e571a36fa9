import { describe, expect, it } from "vitest";
import { nothingWritten, planOfPair, settings, titles } from "./planner-fixtures";

describe("constants and the first status of a linked record (Verifies: R-31, R-40)", () => {
  const source = { field: "hubspot_source", type: "text" as const, value: "from Snov.io" };
  const status = { field: "hs_lead_status", value: "NEW" };
  const extras = settings({
    constants: { snov: { field: "snov_source", type: "text", value: "from HubSpot" }, hubspot: source },
    firstStatus: { snov: null, hubspot: status },
  });

  function changed(extraFields: Record<string, string | null> = {}, rest: Parameters<typeof titles>[3] = {}) {
    const given = titles("CTO", "CEO", "CEO", rest);
    Object.assign(given.records.hubspot?.fields ?? {}, extraFields);
    return given;
  }

  it("They never cause a write of their own", () => {
    expect(planOfPair(extras, titles("CEO", "CEO", "CEO")).writes).toEqual(nothingWritten);
  });

  it("They ride on a write to their own side", () => {
    expect(planOfPair(extras, changed()).writes).toEqual({
      snov: {},
      hubspot: { hubspot_title: "CTO", hubspot_source: "from Snov.io", hs_lead_status: "NEW" },
    });
    expect(planOfPair(extras, titles("CEO", "CFO", "CEO")).writes.snov).toEqual({
      snov_title: "CFO",
      snov_source: "from HubSpot",
    });
  });

  it("A constant that stands there already is not written again, and one that was changed is set right", () => {
    expect(planOfPair(extras, changed({ hubspot_source: "from Snov.io" })).writes.hubspot).not.toHaveProperty(
      "hubspot_source",
    );
    expect(planOfPair(extras, changed({ hubspot_source: "a fair" })).writes.hubspot).toHaveProperty(
      "hubspot_source",
      "from Snov.io",
    );
  });

  it("A constant that stands there in another form is not written again", () => {
    const tier = { field: "hubspot_tier", type: "number" as const, value: "17" };
    const numbered = settings({ constants: { snov: null, hubspot: tier } });
    expect(planOfPair(numbered, changed({ hubspot_tier: "17.0" })).writes.hubspot).toEqual({
      hubspot_title: "CTO",
    });
  });

  it("An empty constant empties nothing that is empty already", () => {
    const none = settings({ constants: { snov: null, hubspot: { ...source, value: null } } });
    expect(planOfPair(none, changed()).writes.hubspot).toEqual({ hubspot_title: "CTO" });
  });

  it("A status that somebody has set stays", () => {
    expect(planOfPair(extras, changed({ hs_lead_status: "OPEN" })).writes.hubspot).not.toHaveProperty(
      "hs_lead_status",
    );
    expect(planOfPair(extras, changed({ hs_lead_status: " " })).writes.hubspot).toHaveProperty(
      "hs_lead_status",
      "NEW",
    );
  });

  it("The first status is given once: not again to a contact that has had its first sync, even if it is empty", () => {
    const synced = { link: { firstSynced: { snov: false, hubspot: true } } };
    expect(planOfPair(extras, changed({ hs_lead_status: null }, synced)).writes.hubspot).not.toHaveProperty(
      "hs_lead_status",
    );
    const other = { link: { firstSynced: { snov: true, hubspot: false } } };
    expect(planOfPair(extras, changed({}, other)).writes.hubspot).toHaveProperty("hs_lead_status");
  });

  it("It is given at the first link as well", () => {
    expect(planOfPair(extras, titles("CTO", null)).writes.hubspot).toHaveProperty("hs_lead_status", "NEW");
  });

  it("What is owed to a contact causes a write of its own, and no other", () => {
    const owed = (kinds: ("constant" | "status")[], firstSynced: boolean) => ({
      link: { firstSynced: { snov: true, hubspot: firstSynced }, owed: { hubspot: kinds } },
    });
    const writes = (rest: ReturnType<typeof owed>, fields = {}, given = extras) => {
      const pair = titles("CEO", "CEO", "CEO", rest);
      Object.assign(pair.records.hubspot?.fields ?? {}, fields);
      return planOfPair(given, pair).writes;
    };
    expect(writes(owed(["constant", "status"], false)).hubspot).toEqual({
      hubspot_source: "from Snov.io",
      hs_lead_status: "NEW",
    });
    expect(writes(owed(["constant"], true)).hubspot).toEqual({ hubspot_source: "from Snov.io" });
    expect(writes(owed(["status"], false)).hubspot).toEqual({ hs_lead_status: "NEW" });
    expect(writes(owed(["status"], false), { hs_lead_status: "OPEN" })).toEqual(nothingWritten);
    const oneWay = { ...extras, writable: { snov: true, hubspot: false } };
    expect(writes(owed(["constant", "status"], false), {}, oneWay)).toEqual(nothingWritten);
  });

  it("What was refused is held back as long as it is the same, and nothing else with it", () => {
    const refused = (value: string) => ({
      link: {
        owed: { hubspot: ["constant" as const] },
        refused: { "ridden:hubspot_source": { on: "hubspot" as const, value, message: "no" } },
      },
    });
    const plan = planOfPair(extras, changed({}, refused("from Snov.io")));
    expect(plan.writes.hubspot).toEqual({ hubspot_title: "CTO", hs_lead_status: "NEW" });
    expect(plan.held).toEqual([{ mappingId: "ridden:hubspot_source", reason: "refused", value: "no" }]);
    expect(plan.refused).toEqual(refused("from Snov.io").link.refused);
    const other = planOfPair(extras, changed({}, refused("from elsewhere")));
    expect(other.writes.hubspot).toHaveProperty("hubspot_source", "from Snov.io");
    expect(other).toMatchObject({ held: [], refused: {} });
    const there = planOfPair(extras, changed({ hubspot_source: "from Snov.io" }, refused("from Snov.io")));
    expect(there).toMatchObject({ held: [], refused: {} });
  });

  it("A mapped value goes before a constant or a status of the same field", () => {
    const same = settings({
      constants: { snov: null, hubspot: { field: "hubspot_title", type: "text", value: "constant" } },
      firstStatus: { snov: null, hubspot: { field: "hubspot_title", value: "status" } },
    });
    expect(planOfPair(same, titles("CTO", null)).writes.hubspot).toEqual({ hubspot_title: "CTO" });
  });
});
