// Whether contacts carry the id of their prospect: a choice of the integration, for which a property is made where there is none.
import { and, eq, like } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listHubspotProperties } from "@/db/queries/hubspot-properties";
import { connections } from "@/db/schema/connections";
import { integrations } from "@/db/schema/integrations";
import { activities } from "@/db/schema/sync";
import { addMapping } from "@/services/integrations/add-mapping";
import { readOverview } from "@/services/integrations/read-overview";
import { readSettings } from "@/services/integrations/read-settings";
import { saveConstants } from "@/services/integrations/save-constants";
import { switchMarks } from "@/services/integrations/switch-marks";
import { rereadProperties } from "@/services/properties/reread-properties";
import { contactMark } from "@/sync/contact-mark";
import { ACCOUNT } from "../../sandbox/test-sandbox";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";

const mark = contactMark.name;
const properties = `/accounts/${ACCOUNT}/properties`;
const text = {
  name: mark,
  label: "Theirs",
  type: "string",
  fieldType: "text",
  groupName: "contactinformation",
};

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
});
afterAll(() => world.close());

const turn = (on = true, ctx = world.ctx) =>
  switchMarks({ ctx, input: { integrationId: world.integrationId, on } });
/** What there was before of that name goes away with its definition. */
const make = async (values: Partial<typeof text> & { name: string; hasUniqueValue?: boolean }) => {
  await world.sandbox.control("PATCH", `${properties}/${values.name}`, { archived: true });
  await world.sandbox.control("POST", properties, values);
};
const change = (values: object) => world.sandbox.control("PATCH", `${properties}/${mark}`, values);
const reread = () => rereadProperties(world.ctx, world.connectionId);
const theirs = async () => {
  const { body } = await world.sandbox.control<{ results: { name: string; hasUniqueValue: boolean }[] }>(
    "GET",
    properties,
  );
  return body.results.find(({ name }) => name === mark);
};
const isOn = async () => {
  const [row] = await world.db
    .select({ on: integrations.marksContacts })
    .from(integrations)
    .where(eq(integrations.id, world.integrationId));
  return row?.on;
};
const told = async (kind: string) =>
  (
    await world.db
      .select({ kind: activities.kind, name: activities.recordName, changes: activities.changes })
      .from(activities)
      .where(and(eq(activities.integrationId, world.integrationId), like(activities.kind, kind)))
  ).map(({ kind, name, changes }) => [kind, name, changes[0]?.after]);
const add = async (name: string) => {
  const id = await world.addProspect({ emails: [`${name}@switch.example`], first_name: name });
  await world.reconcile();
  return id;
};
const given = async (id: string) => (await world.contact(await world.contactOf(id))).properties[mark] || null;

describe("contacts that carry the id of their prospect", () => {
  it("do not where the account has as many properties with unique values as HubSpot allows, and its words are told", async () => {
    const uniques = Array.from({ length: 10 }, (_, number) => ({ ...text, name: `unique_${number}` }));
    for (const unique of uniques) await make({ ...unique, hasUniqueValue: true });
    await expect(turn()).rejects.toMatchObject({
      details: { reason: "mark_refused", values: { message: expect.stringContaining("at most 10") } },
    });
    expect(await isOn()).toBe(false);
    expect(await told("field/created")).toEqual([]);
    for (const unique of uniques) await make(unique);
  });

  it("do so only once somebody chose it, and nothing is made in the account before", async () => {
    const before = await add("before");
    expect(await given(before)).toBeNull();
    expect(await theirs()).toBeUndefined();
    await turn();
    expect(await theirs()).toMatchObject({ hasUniqueValue: true, type: "string", label: contactMark.label });
    expect(await isOn()).toBe(true);
    expect(await told("field/created")).toEqual([["field/created", contactMark.label, undefined]]);
    expect(await told("integration/changed")).toEqual([["integration/changed", null, true]]);
    const after = await add("after");
    expect(await given(after)).toBe(after);

    await turn(false);
    expect(await given(await add("off"))).toBeNull();
    await turn();
    expect(await told("field/created")).toHaveLength(1);
  });

  it("use a property of that name that is there, if no two contacts can have the same text in it", async () => {
    await turn(false);
    await make({ ...text, hasUniqueValue: true });
    await turn();
    expect(await isOn()).toBe(true);
    expect(await told("field/created")).toHaveLength(1);
    await turn(false);
  });

  it.each([
    ["is not unique", "mark_name_taken", () => make(text)],
    [
      "is of another kind",
      "mark_name_taken",
      () => make({ ...text, type: "number", fieldType: "number", hasUniqueValue: true }),
    ],
    [
      "is archived",
      "mark_archived",
      async () => {
        await make({ ...text, hasUniqueValue: true });
        await change({ archived: true });
      },
    ],
    [
      "cannot be written",
      "mark_read_only",
      async () => {
        await make({ ...text, hasUniqueValue: true });
        await change({ readOnlyValue: true });
      },
    ],
  ])("do not where the property %s, and it is said why", async (what, reason, arrange) => {
    await arrange();
    await expect(turn()).rejects.toMatchObject({ details: { reason } });
    expect(await isOn()).toBe(false);
    expect(await world.statusOf(await add(`goes-on-${what.replace(/ /g, "-")}`))).toMatchObject({
      status: "in_sync",
    });
  });

  it("do without it while it cannot be used, which is told, and go on by themselves", async () => {
    await make({ ...text, hasUniqueValue: true });
    await turn();
    const forgetDoubt = () => world.db.update(connections).set({ propertiesDoubtedAt: null });
    const shown = async () => {
      const { stoppedExtras } = await readOverview({ ctx: world.ctx, input: { id: world.integrationId } });
      const settings = await readSettings({ ctx: world.ctx, input: { integrationId: world.integrationId } });
      expect(settings.stoppedExtras).toEqual(stoppedExtras);
      return stoppedExtras.map(({ kind, reason }) => [kind, reason]);
    };
    const changes = [
      [{ archived: true }, { archived: false }, "hubspot_property_gone"],
      [{ dataSensitivity: "sensitive" }, { dataSensitivity: "non_sensitive" }, "hubspot_property_sensitive"],
      [{ readOnlyValue: true }, { readOnlyValue: false }, "hubspot_property_read_only"],
    ] as const;
    for (const [there, back, reason] of changes) {
      await change(there);
      // Of what is sensitive HubSpot refuses the whole page, which has a test of its own.
      if (reason === "hubspot_property_sensitive") await reread();
      // The refusal of the first one has the properties read again.
      const meanwhile = await add(`without-${reason.slice(17)}`);
      expect(await shown()).toEqual([["mark", reason]]);
      expect(await given(meanwhile)).toBeNull();
      expect(await world.statusOf(meanwhile)).toMatchObject({ status: "in_sync" });
      await change(back);
      await forgetDoubt();
      await reread();
      expect(await shown()).toEqual([]);
      const after = await add(`with-${reason.slice(17)}`);
      expect(await given(after)).toBe(after);
    }
    expect((await told("mark/%")).map(([kind]) => kind)).toEqual(
      changes.flatMap(() => ["mark/stopped", "mark/resumed"]),
    );
  });

  it("offer it for nothing else", async () => {
    await turn();
    const offered = await listHubspotProperties(world.db, world.ctx.workspaceId, world.connectionId);
    expect(offered.filter(({ key }) => key === mark)).toEqual([]);
    const { ctx, integrationId } = world;
    const snovField = await world.addCustomField("Number");
    await expect(
      addMapping({ ctx, input: { integrationId, snovField, hubspotProperty: mark } }),
    ).rejects.toMatchObject({ code: "invalid_input" });
    await expect(
      saveConstants({ ctx, input: { integrationId, toHubspot: { field: mark, value: "x" }, toSnov: null } }),
    ).rejects.toMatchObject({ code: "invalid_input" });
  });

  it("do not where that property is mapped already", async () => {
    await turn(false);
    await world.addMapping({ snovField: await world.addCustomField("Another"), hubspotProperty: mark });
    await expect(turn()).rejects.toMatchObject({ details: { reason: "mark_mapped" } });
    expect(await isOn()).toBe(false);
  });

  it("are for owners and admins of the workspace to choose", async () => {
    await expect(turn(true, { ...world.ctx, role: "member" })).rejects.toMatchObject({ code: "forbidden" });
    await world.configure({ marksContacts: false });
    // Whose account it is comes first: nothing is asked of HubSpot.
    await change({ archived: true });
    const elsewhere = { ...world.ctx, workspaceId: "00000000-0000-4000-8000-000000000000" };
    await expect(turn(true, elsewhere)).rejects.toMatchObject({ code: "not_found" });
    expect(await isOn()).toBe(false);
  });
});
