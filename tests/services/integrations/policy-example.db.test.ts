import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { prospects } from "@/db/schema/prospects";
import type { Ctx } from "@/services/context";
import { readSettings } from "@/services/integrations/read-settings";
import { saveDirection } from "@/services/integrations/save-direction";
import { saveSafety } from "@/services/integrations/save-safety";
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

let made = 0;
/** Each newer than the one before. */
async function prospect(values: Partial<typeof prospects.$inferInsert>) {
  await world.db
    .insert(prospects)
    .values({ workspaceId: ctx.workspaceId, createdAt: new Date(Date.now() + ++made * 1000), ...values });
}
const example = async () =>
  (await readSettings({ ctx, input: { integrationId, withExample: true } })).policyExample;
const mappingOf = async (field: string) =>
  (await world.mappingsOf(integrationId)).find(({ snovField }) => snovField === field)?.id ?? "";

it("takes two values of the first field that has two, and the newest record's name", async () => {
  await prospect({ firstName: "Ana", jobTitle: "CEO", city: "Turin" });
  await prospect({ firstName: "Bo", jobTitle: "CEO", city: "London" });
  expect(await example()).toEqual({
    recordName: "Bo",
    mappingId: await mappingOf("city"),
    own: "London",
    other: "Turin",
  });
  await prospect({ firstName: "Cy", lastName: "Dee", jobTitle: "CTO" });
  expect(await example()).toEqual({
    recordName: "Cy Dee",
    mappingId: await mappingOf("job_title"),
    own: "CTO",
    other: "CEO",
  });
});

it("is none where no field has two values: names, blanks and the same in other words do not count", async () => {
  expect(await example()).toBeNull();
  await prospect({ firstName: "Ana", jobTitle: "CEO" });
  await prospect({ firstName: "Bo", jobTitle: " CEO ", city: " " });
  await prospect({ firstName: "Cy", city: "Turin", company: "x".repeat(61) });
  await prospect({ firstName: "Dee", company: "y".repeat(61) });
  expect(await example()).toBeNull();
});

it("shows nobody without a name, nobody in the trash, and nobody of another workspace", async () => {
  await prospect({ firstName: "Ana", jobTitle: "CEO" });
  await prospect({ firstName: "Bo", jobTitle: "CTO", deletedAt: new Date() });
  await prospect({ jobTitle: "COO" });
  const stranger = await world.member("owner");
  await prospect({ firstName: "Eve", jobTitle: "CFO", workspaceId: stranger.workspaceId });
  expect(await example()).toBeNull();
});

it("is about a field that follows the integration's policy", async () => {
  await prospect({ firstName: "Ana", jobTitle: "CEO", city: "Turin" });
  await prospect({ firstName: "Bo", jobTitle: "CTO", city: "London" });
  const exceptions = { [await mappingOf("job_title")]: "snov_wins" as const };
  await saveSafety({ ctx, input: { integrationId, exceptions } });
  expect(await example()).toMatchObject({ mappingId: await mappingOf("city") });
});

it("is none where changes travel one way only", async () => {
  await prospect({ firstName: "Ana", jobTitle: "CEO" });
  await prospect({ firstName: "Bo", jobTitle: "CTO" });
  expect(await example()).not.toBeNull();
  await saveDirection({ ctx, input: { integrationId, syncType: "to_hubspot" } });
  expect(await example()).toBeNull();
});
