import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { customFieldUses, liveCustomFields } from "@/db/queries/custom-fields";
import type { Ctx } from "@/services/context";
import { addMapping } from "@/services/integrations/add-mapping";
import { removeMapping } from "@/services/integrations/remove-mapping";
import { replaceMapping } from "@/services/integrations/replace-mapping";
import { saveConstants } from "@/services/integrations/save-constants";
import { saveDirection } from "@/services/integrations/save-direction";
import { updateMapping } from "@/services/integrations/update-mapping";
import { deleteCustomField, useId } from "@/services/prospects/delete-custom-field";
import { openSettingsWorld, type SettingsWorld } from "./settings-world";

let world: SettingsWorld;
let ctx: Ctx;
let integrationId: string;

beforeAll(async () => {
  world = await openSettingsWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  ({ ctx, integrationId } = await world.draft());
});

// Verifies
describe("a new mapping", () => {
  it("pairs two free fields of one type, wide as the sync type allows, and says so in the history", async () => {
    const field = await world.customField(ctx, "text");
    const { mappingId } = await add(`custom:${field.id}`, "preferred_name");
    expect(await mapping(mappingId)).toMatchObject({ direction: "both", locked: false, position: 11 });
    const [activity] = await world.activitiesOf(integrationId);
    expect(activity).toMatchObject({ kind: "integration/changed", cause: { userId: ctx.userId } });
    expect(activity?.changes[0]).toMatchObject({ before: null, after: `${field.name} ↔ preferred_name` });
  });

  it("is refused for two types, a mapped field, a constant's field or an unknown one", async () => {
    const text = await world.customField(ctx, "text");
    const key = `custom:${text.id}`;
    await expect(add(key, "team_size")).rejects.toMatchObject(reason("types_differ"));
    await expect(add("company", "preferred_name")).rejects.toMatchObject(reason("field_already_mapped"));
    await expect(add(key, "company")).rejects.toMatchObject(reason("field_already_mapped"));
    await expect(add(key, "nothing")).rejects.toMatchObject(reason("field_unknown"));
    await saveConstants({
      ctx,
      input: { integrationId, toHubspot: { field: "origin", value: "Snov.io" }, toSnov: null },
    });
    await expect(add(key, "origin")).rejects.toMatchObject(reason("field_is_constant"));
  });

  it("does not take another workspace's custom field", async () => {
    const field = await world.customField(await world.member("owner"), "text");
    await expect(add(`custom:${field.id}`, "preferred_name")).rejects.toMatchObject(reason("field_unknown"));
  });

  it("takes what HubSpot calculates only towards Snov.io", async () => {
    const number = `custom:${(await world.customField(ctx, "number")).id}`;
    await expect(add(number, "score", "both")).rejects.toMatchObject(reason("property_read_only"));
    expect(await mapping((await add(number, "score")).mappingId)).toMatchObject({ direction: "to_snov" });
  });

  it("pairs choices that read alike and keeps only pairs of choices that exist", async () => {
    const field = await world.customField(ctx, "choice", [{ label: "gold" }, { label: "Other" }]);
    const { mappingId } = await add(`custom:${field.id}`, "tier");
    expect((await mapping(mappingId))?.valueMap).toEqual({ gold: "tier_1" });
    const valueMap = { gold: "tier_1", other: "tier_2", gone: "tier_2" };
    await updateMapping({ ctx, input: { integrationId, mappingId, valueMap } });
    expect((await mapping(mappingId))?.valueMap).toEqual({ gold: "tier_1", other: "tier_2" });
  });

  it("is made once when two admins map the same field at the same moment", async () => {
    const field = await world.customField(ctx, "text");
    const tries = await Promise.allSettled([
      add(`custom:${field.id}`, "preferred_name"),
      add(`custom:${field.id}`, "origin"),
    ]);
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });
});

// Verifies: R-36
describe("a field's direction", () => {
  it("may be narrower than the sync type and never wider", async () => {
    const company = await mappingOf("company");
    await direct(company.id, "to_snov");
    expect(await mapping(company.id)).toMatchObject({ direction: "to_snov" });
    await saveDirection({ ctx, input: { integrationId, syncType: "to_hubspot" } });
    await expect(direct(company.id, "to_snov")).rejects.toMatchObject(reason("direction_too_wide"));
    await expect(direct(company.id, "both")).rejects.toMatchObject(reason("direction_too_wide"));
  });

  it("is told where a narrower sync type narrows it, and comes back with the wider one", async () => {
    const narrower = await saveDirection({ ctx, input: { integrationId, syncType: "to_hubspot" } });
    expect(narrower.narrowed).toBe(11);
    const wider = await saveDirection({ ctx, input: { integrationId, syncType: "both" } });
    expect(wider.narrowed).toBe(0);
    expect(new Set((await world.mappingsOf(integrationId)).map(({ direction }) => direction))).toEqual(
      new Set(["both"]),
    );
  });

  it("counts no field as narrowed that a wider sync type lets travel again", async () => {
    await direct((await mappingOf("company")).id, "to_hubspot");
    await saveDirection({ ctx, input: { integrationId, syncType: "to_snov" } });
    const wider = await saveDirection({ ctx, input: { integrationId, syncType: "both" } });
    expect(wider.narrowed).toBe(0);
  });
});

// Verifies
describe("removing and replacing", () => {
  it("removes the mapping, closes its conflict and never removes the field", async () => {
    const field = await world.customField(ctx, "text");
    const { mappingId } = await add(`custom:${field.id}`, "preferred_name");
    await world.conflictOn(ctx, integrationId, mappingId);
    await expect(removeMapping({ ctx, input: { integrationId, mappingId } })).rejects.toMatchObject({
      code: "in_use",
      details: { reason: "mapping_conflicts", values: { open: 1, decided: 0 } },
    });
    expect(await mapping(mappingId)).toBeDefined();
    await removeMapping({ ctx, input: { integrationId, mappingId, knowsConflicts: true } });
    expect(await mapping(mappingId)).toBeUndefined();
    expect(await world.conflictsOf(integrationId)).toMatchObject([
      { outcome: "unmapped", closedAt: expect.any(Date), mappingId: null },
    ]);
    expect((await liveCustomFields(world.db, ctx.workspaceId)).map(({ id }) => id)).toContain(field.id);
    const { hubspotProperties } = await world.settingsOf(ctx, integrationId);
    expect(hubspotProperties.map(({ key }) => key)).toContain("preferred_name");
  });

  it("leaves the locked full name and e-mail as they are", async () => {
    for (const snovField of ["first_name", "last_name", "email"]) {
      const { id: mappingId } = await mappingOf(snovField);
      const input = { integrationId, mappingId };
      const locked = { details: { reason: "mapping_locked" } };
      await expect(removeMapping({ ctx, input })).rejects.toMatchObject(locked);
      await expect(updateMapping({ ctx, input: { ...input, direction: "to_snov" } })).rejects.toMatchObject(
        locked,
      );
      const other = { ...input, snovField, hubspotProperty: "origin" };
      await expect(replaceMapping({ ctx, input: other })).rejects.toMatchObject(locked);
    }
  });

  it("starts a replaced mapping without the base and the conflict of the former pair", async () => {
    const company = await mappingOf("company");
    const linkId = await world.conflictOn(ctx, integrationId, company.id);
    const { mappingId } = await replaceMapping({
      ctx,
      input: {
        integrationId,
        mappingId: company.id,
        snovField: "company",
        hubspotProperty: "origin",
        knowsConflicts: true,
      },
    });
    expect(await world.baseOf(linkId)).not.toHaveProperty(mappingId);
    const open = (await world.conflictsOf(integrationId)).filter(({ closedAt }) => !closedAt);
    expect(open).toEqual([]);
    expect(await mapping(mappingId)).toMatchObject({ position: company.position, hubspotProperty: "origin" });
  });

  it("forgets what was agreed on as a choice that lost its partner, in one save or two, and looks there again", async () => {
    const field = await world.customField(ctx, "choice", [{ label: "gold" }, { label: "silver" }]);
    const { mappingId } = await replaceMapping({
      ctx,
      input: {
        integrationId,
        mappingId: (await mappingOf("company")).id,
        snovField: `custom:${field.id}`,
        hubspotProperty: "tier",
        valueMap: { gold: "tier_1" },
      },
    });
    const ofGold = await world.conflictOn(ctx, integrationId, mappingId, "tier_1");
    const ofMany = await world.conflictOn(ctx, integrationId, mappingId, ["tier_3", "tier_1"]);
    const ofSilver = await world.conflictOn(ctx, integrationId, mappingId, "tier_2");
    const beforeLaunch = await world.conflictOn(ctx, integrationId, mappingId, "tier_1");
    await world.leaveAsBeforeLaunch(beforeLaunch);
    const pairs = (valueMap: Record<string, string>) =>
      updateMapping({ ctx, input: { integrationId, mappingId, valueMap } });
    await pairs({ gold: "tier_1", silver: "tier_2" });
    for (const linkId of [ofGold, ofMany, ofSilver])
      expect(await world.baseOf(linkId)).toHaveProperty(mappingId);
    expect(await world.pendingOf(integrationId)).toHaveLength(0);
    await pairs({ silver: "tier_2" });
    await pairs({ gold: "tier_2", silver: "tier_2" });
    for (const linkId of [ofGold, ofMany, beforeLaunch])
      expect(await world.baseOf(linkId)).not.toHaveProperty(mappingId);
    expect(await world.baseOf(ofSilver)).toHaveProperty(mappingId);
    // Not the pair that only differs since before launch.
    expect(await world.pendingOf(integrationId)).toHaveLength(2);
  });

  // Verifies: R-04
  it("shows a mapping whose field was deleted as stopped until another field takes its place", async () => {
    const field = await world.customField(ctx, "text");
    const { mappingId } = await add(`custom:${field.id}`, "preferred_name");
    const uses = await customFieldUses(world.db, ctx.workspaceId, field.id);
    await deleteCustomField({ ctx, input: { id: field.id, confirmedUses: uses.map(useId) } });
    const stopped = (await world.settingsOf(ctx, integrationId)).mappings.find(({ id }) => id === mappingId);
    expect(stopped).toMatchObject({ stoppedReason: "snov_field_deleted", hubspotLabel: "preferred_name" });
    const next = await world.customField(ctx, "text");
    const replaced = await replaceMapping({
      ctx,
      input: { integrationId, mappingId, snovField: `custom:${next.id}`, hubspotProperty: "preferred_name" },
    });
    expect(await mapping(replaced.mappingId)).toMatchObject({ stoppedReason: null });
  });
});

function add(snovField: string, hubspotProperty: string, direction?: "both" | "to_snov") {
  return addMapping({ ctx, input: { integrationId, snovField, hubspotProperty, direction } });
}

function direct(mappingId: string, direction: "both" | "to_snov" | "to_hubspot") {
  return updateMapping({ ctx, input: { integrationId, mappingId, direction } });
}

async function mapping(id: string) {
  return (await world.mappingsOf(integrationId)).find((row) => row.id === id);
}

async function mappingOf(snovField: string) {
  const found = (await world.mappingsOf(integrationId)).find((row) => row.snovField === snovField);
  if (!found) throw new Error(`no mapping of ${snovField}`);
  return found;
}

function reason(text: string) {
  return { code: "invalid_input", details: { reason: text } };
}
