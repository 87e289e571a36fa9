import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connections } from "@/db/schema/connections";
import { prospectLists } from "@/db/schema/prospects";
import type { Ctx } from "@/services/context";
import { addMapping } from "@/services/integrations/add-mapping";
import { completeStep } from "@/services/integrations/complete-step";
import { finishSetup } from "@/services/integrations/finish-setup";
import { launchIntegration } from "@/services/integrations/launch-integration";
import { saveConstants } from "@/services/integrations/save-constants";
import { saveDataSettings } from "@/services/integrations/save-data-settings";
import { saveDirection } from "@/services/integrations/save-direction";
import { openSettingsWorld, type SettingsWorld } from "./settings-world";

let world: SettingsWorld;
let ctx: Ctx;
let integrationId: string;
let connectionId: string;
let listId: string;

beforeAll(async () => {
  world = await openSettingsWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  ({ ctx, integrationId, connectionId } = await world.draft());
  listId = await world.list(ctx.workspaceId);
});

describe("data settings", () => {
  // Verifies
  it("keep what was not given, so that every step may save its own part", async () => {
    await data({ receivingListId: listId, statusProperty: "hs_lead_status", statusValue: "NEW" });
    await data({ outgoingScope: { kind: "lists", ids: [listId] } });
    await data({ incomingScope: { kind: "lists", ids: ["7"] } });
    expect(await world.settingsOf(ctx, integrationId)).toMatchObject({
      receivingListId: listId,
      statusProperty: "hs_lead_status",
      statusValue: "NEW",
      outgoingScope: { kind: "lists", ids: [listId] },
      incomingScope: { kind: "lists", ids: ["7"] },
    });
  });

  it("take no list that is deleted or of another workspace", async () => {
    const foreign = await world.list((await world.member("owner")).workspaceId);
    await expect(data({ receivingListId: foreign })).rejects.toMatchObject({
      details: { reason: "list_gone" },
    });
    await expect(data({ outgoingScope: { kind: "lists", ids: [foreign] } })).rejects.toMatchObject({
      details: { reason: "list_gone" },
    });
    await deleteList(listId);
    await expect(data({ receivingListId: listId })).rejects.toMatchObject({
      details: { reason: "list_gone" },
    });
  });

  it("take no list id that could not be one", async () => {
    await expect(data({ outgoingScope: { kind: "lists", ids: ["not a list"] } })).rejects.toThrow();
  });

  it("saved again without a change write no history and move nothing", async () => {
    const scope = { kind: "lists" as const, ids: [listId] };
    const first = await data({ receivingListId: listId, outgoingScope: scope });
    const again = await data({ receivingListId: listId, outgoingScope: scope, seen: first.updatedAt });
    expect(again.updatedAt).toBe(first.updatedAt);
    expect(await world.activitiesOf(integrationId)).toHaveLength(1);
  });
});

// Verifies: R-40
describe("constants", () => {
  it("take custom fields of the receiving side and a value of their type", async () => {
    const number = await world.customField(ctx, "number");
    const toSnov = { field: `custom:${number.id}`, value: "42" };
    await constants({ toHubspot: { field: "origin", value: "from Snov.io" }, toSnov });
    expect(await world.settingsOf(ctx, integrationId)).toMatchObject({
      constantToHubspot: { field: "origin", value: "from Snov.io" },
      constantToSnov: toSnov,
    });
    await constants({ toHubspot: null, toSnov });
    expect(await world.settingsOf(ctx, integrationId)).toMatchObject({ constantToHubspot: null });
  });

  it.each([
    ["a standard property", "company", "x", "constant_field_unknown"],
    ["a property that HubSpot calculates", "score", "1", "constant_field_unknown"],
    ["a text where a number belongs", "team_size", "many", "not_a_number"],
    ["a choice that does not exist", "tier", "tier_9", "not_a_choice"],
    ["an empty value", "origin", " ", "constant_value_invalid"],
  ])("refuse %s", async (_what, field, value, reason) => {
    const refused = constants({ toHubspot: { field, value }, toSnov: null });
    await expect(refused).rejects.toMatchObject({ code: "invalid_input", details: { reason } });
  });
});

describe("saving at every step", () => {
  it("remembers the furthest step and loses nothing by going back", async () => {
    for (const step of ["direction", "data", "mapping"] as const)
      await completeStep({ ctx, input: { integrationId, step } });
    await completeStep({ ctx, input: { integrationId, step: "direction" } });
    expect(await world.settingsOf(ctx, integrationId)).toMatchObject({ wizardStep: "constants" });
  });

  it("refuses to overwrite what another admin saved meanwhile", async () => {
    const seen = (await world.settingsOf(ctx, integrationId)).updatedAt;
    await saveDirection({ ctx, input: { integrationId, syncType: "to_hubspot", seen } });
    const late = saveDirection({ ctx, input: { integrationId, syncType: "to_snov", seen } });
    await expect(late).rejects.toMatchObject({ code: "out_of_date", details: { reason: "settings_moved" } });
    expect(await world.settingsOf(ctx, integrationId)).toMatchObject({ syncType: "to_hubspot" });
  });

  it("lets one of two admins who save at the same moment go first and tells the other", async () => {
    const seen = (await world.settingsOf(ctx, integrationId)).updatedAt;
    const tries = await Promise.allSettled(
      (["to_hubspot", "to_snov"] as const).map((syncType) =>
        saveDirection({ ctx, input: { integrationId, syncType, seen } }),
      ),
    );
    expect(tries.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });
});

// Verifies: R-45
describe("launching", () => {
  it("is refused without the receiving list, the one required choice", async () => {
    await expect(launch()).rejects.toMatchObject({ details: { reason: "receiving_list_missing" } });
    expect(await world.integrationOf(integrationId)).toMatchObject({ state: "draft", launchedAt: null });
  });

  it("is refused where the list is gone, the connection is broken or it was launched before", async () => {
    await data({ receivingListId: listId });
    await deleteList(listId);
    await expect(launch()).rejects.toMatchObject({ details: { reason: "list_gone" } });
    await data({ receivingListId: await world.list(ctx.workspaceId) });
    await breakConnection("revoked");
    await expect(launch()).rejects.toMatchObject({ details: { reason: "connection_broken" } });
    await breakConnection(null);
    await launch();
    await expect(launch()).rejects.toMatchObject({ details: { reason: "not_a_draft" } });
  });

  it("starts from this moment, wakes the engine and is written into the history", async () => {
    await data({ receivingListId: listId });
    const start = Date.now();
    await launch();
    const { state, launchedAt, polledUntil } = await world.integrationOf(integrationId);
    expect(state).toBe("active");
    expect(polledUntil).toEqual(launchedAt);
    expect(launchedAt?.getTime()).toBeGreaterThanOrEqual(start - 1);
    expect(world.woken).toContainEqual([integrationId]);
    expect((await world.activitiesOf(integrationId)).at(-1)).toMatchObject({ kind: "integration/launched" });
  });

  it("goes ahead with a field that the chosen sync type gives no way to travel", async () => {
    await data({ receivingListId: listId });
    const { id } = await world.customField(ctx, "number");
    const pair = { snovField: `custom:${id}`, hubspotProperty: "score" };
    await addMapping({ ctx, input: { integrationId, ...pair } });
    await saveDirection({ ctx, input: { integrationId, syncType: "to_hubspot" } });
    await launch();
    expect(await world.integrationOf(integrationId)).toMatchObject({ state: "active" });
  });

  it("happens once when two admins press the button at the same moment", async () => {
    await data({ receivingListId: listId });
    const tries = await Promise.allSettled([launch(), launch()]);
    expect(tries.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const kinds = (await world.activitiesOf(integrationId)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === "integration/launched")).toHaveLength(1);
  });
});

describe("the end of setting up", () => {
  const finish = (as: Ctx = ctx) => finishSetup({ ctx: as, input: { integrationId } });

  it("is remembered once the integration was launched, and not before", async () => {
    await data({ receivingListId: listId });
    await expect(finish()).rejects.toMatchObject({ details: { reason: "not_launched" } });
    await launch();
    expect((await world.settingsOf(ctx, integrationId)).wizardStep).toBe("review");
    const first = await finish();
    expect((await world.settingsOf(ctx, integrationId)).wizardStep).toBe("finished");
    expect(await finish()).toEqual(first);
  });

  it("is for owners and admins of this workspace", async () => {
    await data({ receivingListId: listId });
    await launch();
    await expect(finish({ ...ctx, role: "member" })).rejects.toMatchObject({ code: "forbidden" });
    await expect(finish(await world.member("owner"))).rejects.toMatchObject({ code: "not_found" });
    expect((await world.settingsOf(ctx, integrationId)).wizardStep).toBe("review");
  });
});

type DataInput = Omit<Parameters<typeof saveDataSettings>[0]["input"], "integrationId">;
function data(input: DataInput) {
  return saveDataSettings({ ctx, input: { integrationId, ...input } });
}

type ConstantsInput = Pick<Parameters<typeof saveConstants>[0]["input"], "toHubspot" | "toSnov">;
function constants(input: ConstantsInput) {
  return saveConstants({ ctx, input: { integrationId, ...input } });
}

function launch() {
  return launchIntegration({ ctx, input: { integrationId } });
}

async function deleteList(id: string) {
  await world.db.update(prospectLists).set({ deletedAt: new Date() }).where(eq(prospectLists.id, id));
}

async function breakConnection(brokenReason: "revoked" | null) {
  await world.db.update(connections).set({ brokenReason }).where(eq(connections.id, connectionId));
}
