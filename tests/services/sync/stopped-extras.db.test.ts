// A constant and a first status whose properties take nothing for a while: it is said, and nobody is left without.
import { and, eq, like } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { activities } from "@/db/schema/sync";
import { readOverview } from "@/services/integrations/read-overview";
import { readSettings } from "@/services/integrations/read-settings";
import { rereadProperties } from "@/services/properties/reread-properties";
import { ACCOUNT } from "../../sandbox/test-sandbox";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
  await world.sandbox.control("POST", `/accounts/${ACCOUNT}/properties`, {
    name: "origin",
    label: "Origin",
    type: "string",
    fieldType: "text",
    groupName: "contactinformation",
  });
  await reread();
  await world.configure({
    constantToHubspot: { field: "origin", value: "Snov" },
    statusProperty: "hs_lead_status",
    statusValue: "NEW",
  });
});
afterAll(() => world.close());

const reread = () => rereadProperties(world.ctx, world.connectionId);
const change = (name: string, values: object) =>
  world.sandbox.control("PATCH", `/accounts/${ACCOUNT}/properties/${name}`, values);
const given = async (prospectId: string) => {
  const { properties } = await world.contact(await world.contactOf(prospectId));
  return [properties.origin || null, properties.hs_lead_status || null];
};
const add = async (name: string) => {
  const id = await world.addProspect({ emails: [`${name}@extras.example`], first_name: name });
  await world.reconcile();
  return id;
};
const told = async () => {
  const rows = await world.db
    .select({ kind: activities.kind, changes: activities.changes })
    .from(activities)
    .where(and(eq(activities.integrationId, world.integrationId), like(activities.kind, "%/%ed")));
  return rows
    .filter(({ kind }) => /^(constant|status)\//.test(kind))
    .map(({ kind, changes }) => [kind, changes[0]?.after]);
};
const shown = async () => {
  const { stoppedExtras } = await readOverview({ ctx: world.ctx, input: { id: world.integrationId } });
  const settings = await readSettings({ ctx: world.ctx, input: { integrationId: world.integrationId } });
  expect(settings.stoppedExtras).toEqual(stoppedExtras);
  return stoppedExtras;
};

let before: string;
let meanwhile: string;

describe("a constant and a first status whose properties cannot be written (Verifies: R-31, R-40)", () => {
  it("stop, alone, and it is said why", async () => {
    before = await add("before");
    expect(await given(before)).toEqual(["Snov", "NEW"]);
    expect(await shown()).toEqual([]);
    await change("origin", { archived: true });
    await change("hs_lead_status", { dataSensitivity: "sensitive" });
    await reread();
    expect(await shown()).toEqual([
      { kind: "constant", label: "Origin", reason: "hubspot_property_gone" },
      { kind: "status", label: "Lead status", reason: "hubspot_property_sensitive" },
    ]);
    expect(await told()).toEqual([
      ["constant/stopped", "hubspot_property_gone"],
      ["status/stopped", "hubspot_property_sensitive"],
    ]);
    meanwhile = await add("meanwhile");
    expect((await world.statusOf(meanwhile))?.status).toBe("in_sync");
  });

  it("are given once they can be written to those who were made meanwhile, and to nobody a second time", async () => {
    await change("origin", { archived: false });
    await change("hs_lead_status", { dataSensitivity: "non_sensitive" });
    await world.editContact(await world.contactOf(before), { origin: "a fair", hs_lead_status: "" });
    world.wakes.length = 0;
    await reread();
    expect(world.wakes).toEqual([world.integrationId]);
    expect(await shown()).toEqual([]);
    await world.reconcile();
    expect(await given(meanwhile)).toEqual(["Snov", "NEW"]);
    expect(await given(before)).toEqual(["a fair", null]);

    await world.editContact(await world.contactOf(meanwhile), { origin: "a fair", hs_lead_status: "" });
    await world.notice("snov", meanwhile);
    await world.reconcile();
    expect(await given(meanwhile)).toEqual(["a fair", null]);
  });

  it("leave a status that somebody has given meanwhile", async () => {
    await change("hs_lead_status", { dataSensitivity: "sensitive" });
    await reread();
    const id = await add("worked-on");
    await change("hs_lead_status", { dataSensitivity: "non_sensitive" });
    await world.editContact(await world.contactOf(id), { hs_lead_status: "OPEN" });
    await reread();
    await world.reconcile();
    expect(await given(id)).toEqual(["Snov", "OPEN"]);
  });
});
