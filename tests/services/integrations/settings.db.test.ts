import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readIntegrationSettings } from "@/db/queries/integration-settings";
import { fieldMappings, integrations } from "@/db/schema/integrations";
import { prospectLists } from "@/db/schema/prospects";
import { activities } from "@/db/schema/sync";
import type { Ctx } from "@/services/context";
import { addMapping } from "@/services/integrations/add-mapping";
import { completeStep } from "@/services/integrations/complete-step";
import { launchIntegration } from "@/services/integrations/launch-integration";
import { readHubspotLists } from "@/services/integrations/read-hubspot-lists";
import { removeMapping } from "@/services/integrations/remove-mapping";
import { replaceMapping } from "@/services/integrations/replace-mapping";
import { saveConstants } from "@/services/integrations/save-constants";
import { saveDataSettings } from "@/services/integrations/save-data-settings";
import { saveDirection } from "@/services/integrations/save-direction";
import { updateMapping } from "@/services/integrations/update-mapping";
import { createCustomField } from "@/services/prospects/create-custom-field";
import { startWorld, type World } from "../connections/connected-world";

let world: World;
let ctx: Ctx;
let integrationId: string;
let listId: string;
beforeAll(async () => {
  world = await startWorld();
  ctx = await world.newCtx();
  integrationId = await world.connect(ctx);
  const [list] = await world.db
    .insert(prospectLists)
    .values({ workspaceId: ctx.workspaceId, name: "From HubSpot" })
    .returning();
  listId = list?.id ?? "";
});
afterAll(() => world.close());

const settings = async () => {
  const found = await readIntegrationSettings(world.db, ctx.workspaceId, integrationId);
  if (!found) throw new Error("the settings are gone");
  return found;
};
const customField = async (
  name: string,
  type: "text" | "number" | "choice",
  options: { label: string }[] = [],
) => `custom:${(await createCustomField({ ctx, input: { name, type, options } })).id}`;

describe("the defaults (Verifies: R-20, R-33)", () => {
  it("are two-way, with the full name and the e-mail locked", async () => {
    const { syncType, mappings, receivingListId } = await settings();
    expect(syncType).toBe("both");
    expect(receivingListId).toBeNull();
    expect(mappings.filter(({ locked }) => locked).map(({ snovField }) => snovField)).toEqual([
      "first_name",
      "last_name",
      "email",
    ]);
    expect(mappings.map(({ snovField }) => snovField)).toContain("job_title");
  });
});

describe("field mappings (Verifies: R-33, R-34, R-36)", () => {
  it("take fields of one type only, each once", async () => {
    const size = await customField("Team size", "number");
    await expect(
      addMapping({ ctx, input: { integrationId, snovField: size, hubspotProperty: "preferred_name" } }),
    ).rejects.toMatchObject({
      details: { reason: "types_differ" },
    });
    const { mappingId } = await addMapping({
      ctx,
      input: { integrationId, snovField: size, hubspotProperty: "team_size" },
    });
    await expect(
      addMapping({ ctx, input: { integrationId, snovField: size, hubspotProperty: "team_size" } }),
    ).rejects.toMatchObject({
      details: { reason: "field_already_mapped" },
    });
    await removeMapping({ ctx, input: { integrationId, mappingId } });
    expect((await settings()).snovFields.some(({ key }) => key === size)).toBe(true);
  });

  it("keep a read-only property on its way to Snov.io", async () => {
    const { hubspotProperties } = await settings();
    const readOnly = hubspotProperties.find(({ writable, type }) => !writable && type === "text");
    const field = await customField("Read only", "text");
    const input = { integrationId, snovField: field, hubspotProperty: readOnly?.key ?? "" };
    await expect(addMapping({ ctx, input: { ...input, direction: "both" } })).rejects.toMatchObject({
      details: { reason: "property_read_only" },
    });
    const { mappingId } = await addMapping({ ctx, input });
    expect((await settings()).mappings.find(({ id }) => id === mappingId)).toMatchObject({
      direction: "to_snov",
    });
    await removeMapping({ ctx, input: { integrationId, mappingId } });
  });

  it("refuse a direction wider than the sync type, and lose none when the sync type is narrowed and widened", async () => {
    const field = await customField("Nickname", "text");
    const narrowed = await saveDirection({ ctx, input: { integrationId, syncType: "to_hubspot" } });
    expect(narrowed.narrowed).toBeGreaterThan(0);
    await expect(
      addMapping({
        ctx,
        input: { integrationId, snovField: field, hubspotProperty: "preferred_name", direction: "both" },
      }),
    ).rejects.toMatchObject({ details: { reason: "direction_too_wide" } });
    await saveDirection({ ctx, input: { integrationId, syncType: "both" } });
    expect((await settings()).mappings.every(({ direction }) => direction === "both")).toBe(true);
  });

  it("never lose the locked ones", async () => {
    const locked = (await settings()).mappings.find(({ snovField }) => snovField === "email");
    await expect(
      removeMapping({ ctx, input: { integrationId, mappingId: locked?.id ?? "" } }),
    ).rejects.toMatchObject({
      details: { reason: "mapping_locked" },
    });
  });

  it("pair choices that read alike and can be replaced in place", async () => {
    const tier = await customField("Tier", "choice", [{ label: "Tier 1" }, { label: "Unknown" }]);
    const { mappingId } = await addMapping({
      ctx,
      input: { integrationId, snovField: tier, hubspotProperty: "account_tier" },
    });
    const added = (await settings()).mappings.find(({ id }) => id === mappingId);
    expect(Object.values(added?.valueMap ?? {})).toEqual(["tier_1"]);
    const own = Object.keys(added?.valueMap ?? {})[0] ?? "";
    await updateMapping({
      ctx,
      input: { integrationId, mappingId, valueMap: { [own]: "tier_2", nonsense: "tier_1" } },
    });
    expect((await settings()).mappings.find(({ id }) => id === mappingId)?.valueMap).toEqual({
      [own]: "tier_2",
    });
    const other = await customField("Other tier", "choice", [{ label: "Tier 3" }]);
    const replaced = await replaceMapping({
      ctx,
      input: { integrationId, mappingId, snovField: other, hubspotProperty: "account_tier" },
    });
    expect((await settings()).mappings.find(({ id }) => id === replaced.mappingId)).toMatchObject({
      snovField: other,
      valueMap: { tier_3: "tier_3" },
    });
  });
});

describe("data settings and constants (Verifies: R-30, R-31, R-32, R-40)", () => {
  it("take a list of this workspace and a status that the account has", async () => {
    const stranger = await world.newCtx();
    const [foreign] = await world.db
      .insert(prospectLists)
      .values({ workspaceId: stranger.workspaceId, name: "Theirs" })
      .returning();
    await expect(
      saveDataSettings({ ctx, input: { integrationId, receivingListId: foreign?.id } }),
    ).rejects.toMatchObject({ code: "not_found" });
    await expect(
      saveDataSettings({
        ctx,
        input: { integrationId, statusProperty: "hs_lead_status", statusValue: "NOPE" },
      }),
    ).rejects.toMatchObject({ details: { reason: "status_unknown" } });
    await saveDataSettings({
      ctx,
      input: { integrationId, statusProperty: "hs_lead_status", statusValue: "NEW" },
    });
    expect(await settings()).toMatchObject({ statusValue: "NEW", outgoingScope: { kind: "all" } });
  });

  it("take a constant for a custom field that no mapping uses, with a value of its type", async () => {
    const save = (toHubspot: { field: string; value: string }) =>
      saveConstants({ ctx, input: { integrationId, toHubspot, toSnov: null } });
    await expect(save({ field: "company", value: "x" })).rejects.toMatchObject({
      details: { reason: "constant_field_unknown" },
    });
    await expect(save({ field: "team_size", value: "many" })).rejects.toMatchObject({
      details: { reason: "not_a_number" },
    });
    await expect(save({ field: "account_tier", value: "tier_1" })).rejects.toMatchObject({
      details: { reason: "constant_field_mapped" },
    });
    await save({ field: "preferred_name", value: "from Snov.io" });
    expect((await settings()).constantToHubspot).toEqual({ field: "preferred_name", value: "from Snov.io" });
  });

  it("tell two admins who change them at once (out_of_date), and lose nothing of the first", async () => {
    const { updatedAt } = await settings();
    await saveDirection({ ctx, input: { integrationId, syncType: "to_snov", seen: updatedAt } });
    await expect(
      saveDirection({ ctx, input: { integrationId, syncType: "to_hubspot", seen: updatedAt } }),
    ).rejects.toMatchObject({
      code: "out_of_date",
      details: { reason: "settings_moved" },
    });
    expect((await settings()).syncType).toBe("to_snov");
    await saveDirection({ ctx, input: { integrationId, syncType: "both" } });
  });
});

describe("launching (Verifies: R-45)", () => {
  it("names what is missing", async () => {
    await expect(launchIntegration({ ctx, input: { integrationId } })).rejects.toMatchObject({
      details: { reason: "receiving_list_missing" },
    });
  });

  it("starts once, wakes the engine and leaves an activity", async () => {
    await saveDataSettings({ ctx, input: { integrationId, receivingListId: listId } });
    expect((await completeStep({ ctx, input: { integrationId, step: "constants" } })).wizardStep).toBe(
      "review",
    );
    world.woken.length = 0;
    await launchIntegration({ ctx, input: { integrationId } });
    expect(world.woken).toEqual([integrationId]);
    expect(await settings()).toMatchObject({ state: "active" });
    await expect(launchIntegration({ ctx, input: { integrationId } })).rejects.toMatchObject({
      details: { reason: "not_a_draft" },
    });
    const told = await world.db.select().from(activities).where(eq(activities.kind, "integration/launched"));
    expect(told).toHaveLength(1);
  });
});

describe("who may (Verifies: R-01)", () => {
  const verbs: [string, (who: Ctx) => Promise<unknown>][] = [
    ["saveDirection", (who) => saveDirection({ ctx: who, input: { integrationId, syncType: "both" } })],
    ["saveDataSettings", (who) => saveDataSettings({ ctx: who, input: { integrationId } })],
    [
      "addMapping",
      (who) => addMapping({ ctx: who, input: { integrationId, snovField: "city", hubspotProperty: "city" } }),
    ],
    [
      "updateMapping",
      (who) => updateMapping({ ctx: who, input: { integrationId, mappingId: integrationId } }),
    ],
    [
      "replaceMapping",
      (who) =>
        replaceMapping({
          ctx: who,
          input: { integrationId, mappingId: integrationId, snovField: "city", hubspotProperty: "city" },
        }),
    ],
    [
      "removeMapping",
      (who) => removeMapping({ ctx: who, input: { integrationId, mappingId: integrationId } }),
    ],
    [
      "saveConstants",
      (who) => saveConstants({ ctx: who, input: { integrationId, toHubspot: null, toSnov: null } }),
    ],
    ["completeStep", (who) => completeStep({ ctx: who, input: { integrationId, step: "review" } })],
    ["launchIntegration", (who) => launchIntegration({ ctx: who, input: { integrationId } })],
    ["readHubspotLists", (who) => readHubspotLists({ ctx: who, input: { integrationId } })],
  ];

  it.each(verbs)("%s refuses members, and another workspace's owner finds nothing", async (_name, verb) => {
    const before = await world.db.select().from(integrations).where(eq(integrations.id, integrationId));
    const mappings = await world.db.$count(fieldMappings, eq(fieldMappings.integrationId, integrationId));
    await expect(verb({ ...ctx, role: "member" })).rejects.toMatchObject({ code: "forbidden" });
    await expect(verb(await world.newCtx())).rejects.toMatchObject({ code: "not_found" });
    expect(await world.db.select().from(integrations).where(eq(integrations.id, integrationId))).toEqual(
      before,
    );
    expect(await world.db.$count(fieldMappings, eq(fieldMappings.integrationId, integrationId))).toBe(
      mappings,
    );
  });

  it("shows another workspace no settings", async () => {
    const stranger = await world.newCtx();
    expect(await readIntegrationSettings(world.db, stranger.workspaceId, integrationId)).toBeNull();
  });
});
