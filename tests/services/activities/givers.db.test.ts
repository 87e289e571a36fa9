// A change that came from HubSpot names who had made it there, as HubSpot's own history says.
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { activities } from "@/db/schema/sync";
import { countRequests } from "@/scripts/count-requests";
import { readGivers } from "@/services/activities/read-givers";
import { rereadUsers } from "@/services/connections/reread-users";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";

let world: SyncWorld;
const names = ["Ana", "Bo", "Cy"];
beforeAll(async () => {
  world = await openSyncWorld();
  await rereadUsers(world.ctx, world.connectionId);
  for (const name of names) {
    const id = await world.addProspect({
      emails: [`${name}@example.org`],
      first_name: name,
      job_title: "CEO",
    });
    await world.reconcile();
    const contactId = await world.contactOf(id);
    for (const jobtitle of ["CTO", "CFO"]) {
      await world.editContact(contactId, { jobtitle });
      await world.notice("hubspot", contactId);
      await world.reconcile();
    }
  }
});
afterAll(() => world.close());

const read = async (activityIds: number[], ctx = world.ctx) =>
  await readGivers({ ctx, input: { integrationId: world.integrationId, activityIds } });
const edits = async (side: "snov" | "hubspot") =>
  await world.db
    .select()
    .from(activities)
    .where(and(eq(activities.side, side), eq(activities.integrationId, world.integrationId)))
    .orderBy(activities.id);

describe("who had given HubSpot what came from there (Verifies: R-78)", () => {
  it("is told of each change, the earlier ones as well, for one call to it", async () => {
    const rows = await edits("snov");
    await world.sandbox.control("DELETE", "/counters");
    const given = await read(rows.map(({ id }) => id));
    expect(await countRequests(world.sandbox, "/crm/objects")).toBe(1);
    expect(Object.keys(given)).toHaveLength(2 * names.length);
    for (const { id, changes, at } of rows) {
      const told = given[id]?.job_title;
      expect(told).toMatchObject({
        value: changes[0]?.after,
        source: "CRM_UI",
        userName: expect.stringMatching(/^\p{L}+ \p{L}+$/u),
      });
      expect(Date.parse(told?.at ?? "")).toBeLessThanOrEqual(at.getTime());
    }
  });

  it("is asked of nothing else, and told to nobody else", async () => {
    const ours = (await edits("hubspot")).map(({ id }) => id);
    expect(ours.length).toBeGreaterThan(0);
    expect(await read(ours)).toEqual({});
    await expect(read(ours, { ...world.ctx, workspaceId: crypto.randomUUID() })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});
