import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { pendingRecords } from "@/db/schema/sync";
import type { Ctx } from "@/services/context";
import { saveSafety } from "@/services/integrations/save-safety";
import { updateMapping } from "@/services/integrations/update-mapping";
import { defaultFuses } from "@/sync/fuses";
import { openSettingsWorld, type SettingsWorld } from "./settings-world";

let world: SettingsWorld;
let ctx: Ctx;
let integrationId: string;
beforeAll(async () => {
  world = await openSettingsWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  ({ ctx, integrationId } = await world.draft({ state: "active" }));
});

type Input = Omit<Parameters<typeof saveSafety>[0]["input"], "integrationId">;
const save = (input: Input, as: Ctx = ctx) => saveSafety({ ctx: as, input: { integrationId, ...input } });
const mapping = async (field = "city") => {
  const found = (await world.mappingsOf(integrationId)).find(({ snovField }) => snovField === field);
  if (!found) throw new Error(`the default mapping of ${field} is missing`);
  return found;
};

describe("safety settings (Verifies: R-61, R-70, R-76)", () => {
  it("keep what was not given, and only the limits that differ from the defaults", async () => {
    await save({ policy: "snov_wins", removals: "keep" });
    await save({ fuses: { ...defaultFuses, removals: 3 } });
    await save({ fuses: { windowMinutes: 5 } });
    expect(await world.integrationOf(integrationId)).toMatchObject({
      policy: "snov_wins",
      removals: "keep",
      fuses: { removals: 3, windowMinutes: 5 },
    });
    await save({ fuses: { removals: defaultFuses.removals } });
    expect((await world.integrationOf(integrationId)).fuses).toEqual({ windowMinutes: 5 });
    expect(await world.settingsOf(ctx, integrationId)).toMatchObject({
      policy: "snov_wins",
      removals: "keep",
      fuses: { ...defaultFuses, windowMinutes: 5 },
    });
  });

  it("are written into the history, once for each change", async () => {
    const { updatedAt } = await save({ policy: "hubspot_wins" });
    expect(await save({ policy: "hubspot_wins", seen: updatedAt })).toEqual({ updatedAt });
    expect(await world.activitiesOf(integrationId)).toMatchObject([
      {
        kind: "integration/changed",
        changes: [{ field: "policy", before: "ask", after: "hubspot_wins" }],
      },
    ]);
  });

  it.each([
    { windowMinutes: 4 },
    { windowMinutes: 1441 },
    { removals: 0 },
    { blankings: 1_000_001 },
    { overwrites: 1.5 },
    { bounces: 1 },
    { bounces: 101 },
  ])("refuse the limit %o", async (fuses) => {
    await expect(save({ fuses })).rejects.toThrow("limit_out_of_range");
  });

  it("are refused to members, to other workspaces and to who looked at older ones", async () => {
    await expect(save({ removals: "keep" }, { ...ctx, role: "member" })).rejects.toMatchObject({
      code: "forbidden",
    });
    const stranger = await world.member("owner");
    await expect(save({ removals: "keep" }, stranger)).rejects.toMatchObject({ code: "not_found" });
    const seen = (await world.settingsOf(ctx, integrationId)).updatedAt;
    await save({ policy: "most_recent", seen });
    await expect(save({ policy: "ask", seen })).rejects.toMatchObject({
      code: "out_of_date",
      details: { reason: "settings_moved" },
    });
  });

  it("have records with open conflicts looked at again", async () => {
    await world.conflictOn(ctx, integrationId, (await mapping()).id);
    const [conflict] = await world.conflictsOf(integrationId);
    await save({ policy: "hubspot_wins" });
    const waiting = await world.db.select().from(pendingRecords);
    expect(waiting.filter((record) => record.integrationId === integrationId)).toMatchObject([
      { side: "snov", recordId: conflict?.recordId },
    ]);
    expect(world.woken).toContainEqual([integrationId]);
  });
});

it("lets a field have a policy of its own, and follow the integration's again", async () => {
  const { id: mappingId } = await mapping();
  const change = (policy?: "snov_wins" | null) =>
    updateMapping({
      ctx,
      input: { integrationId, mappingId, ...(policy === undefined ? { direction: "both" } : { policy }) },
    });
  await change("snov_wins");
  expect((await mapping()).policy).toBe("snov_wins");
  await change();
  expect((await mapping()).policy).toBe("snov_wins");
  await change(null);
  expect((await mapping()).policy).toBeNull();
});

describe("fields with a choice of their own (Verifies: R-61)", () => {
  const policies = async () =>
    (await world.mappingsOf(integrationId)).flatMap(({ snovField, policy }) =>
      policy ? [[snovField, policy]] : [],
    );

  it("are the ones given and no others, and none at all where none is given", async () => {
    const [city, phone] = [(await mapping("city")).id, (await mapping("phone")).id];
    await save({ exceptions: { [city]: "snov_wins", [phone]: "most_recent" } });
    expect(await policies()).toEqual([
      ["phone", "most_recent"],
      ["city", "snov_wins"],
    ]);
    await save({ exceptions: { [phone]: "ask" } });
    await save({ removals: "keep" });
    expect(await policies()).toEqual([["phone", "ask"]]);
    await save({ exceptions: {} });
    expect(await policies()).toEqual([]);
  });

  it("are told in the history with what they were before", async () => {
    const city = (await mapping("city")).id;
    const { updatedAt } = await save({ exceptions: { [city]: "snov_wins" } });
    expect(await save({ exceptions: { [city]: "snov_wins" }, seen: updatedAt })).toEqual({ updatedAt });
    await save({ exceptions: {} });
    expect((await world.activitiesOf(integrationId)).map(({ changes }) => changes)).toMatchObject([
      [{ field: expect.stringContaining("city"), before: null, after: "snov_wins" }],
      [{ field: expect.stringContaining("city"), before: "snov_wins", after: null }],
    ]);
  });

  it("are refused, all of them, where one belongs to another integration", async () => {
    const other = await world.draft({ state: "active" });
    const theirs = (await world.mappingsOf(other.integrationId))[0]?.id ?? "";
    const city = (await mapping("city")).id;
    await expect(
      save({ policy: "hubspot_wins", exceptions: { [city]: "snov_wins", [theirs]: "snov_wins" } }),
    ).rejects.toMatchObject({ code: "not_found" });
    expect(await policies()).toEqual([]);
    expect((await world.mappingsOf(other.integrationId)).map(({ policy }) => policy)).not.toContain(
      "snov_wins",
    );
    expect((await world.integrationOf(integrationId)).policy).toBe("ask");
  });

  it("leave another integration's as they are", async () => {
    const other = await world.draft({ state: "active" });
    const theirs = (await world.mappingsOf(other.integrationId))[0]?.id ?? "";
    await saveSafety({
      ctx: other.ctx,
      input: { integrationId: other.integrationId, exceptions: { [theirs]: "hubspot_wins" } },
    });
    await save({ exceptions: {} });
    expect((await world.mappingsOf(other.integrationId))[0]?.policy).toBe("hubspot_wins");
  });

  it("may be the names and the address, whose direction nobody changes", async () => {
    const { id: mappingId, direction } = await mapping("first_name");
    await save({ exceptions: { [mappingId]: "hubspot_wins" } });
    const update = (change: object) => updateMapping({ ctx, input: { integrationId, mappingId, ...change } });
    await update({ policy: "most_recent" });
    expect(await policies()).toEqual([["first_name", "most_recent"]]);
    await expect(update({ policy: "ask", direction: "to_snov" })).rejects.toMatchObject({
      details: { reason: "mapping_locked" },
    });
    expect(await mapping("first_name")).toMatchObject({ policy: "most_recent", direction });
  });
});
