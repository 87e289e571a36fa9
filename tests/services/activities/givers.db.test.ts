// A change that came from HubSpot names who had made it there, as HubSpot's own history says.
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { activities } from "@/db/schema/sync";
import { countRequests } from "@/scripts/count-requests";
import { learnLatestGivers } from "@/services/activities/learn-latest-givers";
import { readActivities } from "@/services/activities/read-activities";
import { readGivers } from "@/services/activities/read-givers";
import { activitiesCsv } from "@/services/activities/write-csv";
import { rereadUsers } from "@/services/connections/reread-users";
import { wordsIn } from "../../components/activity/csv-words";
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

/** Notes the lanes in which HubSpot is asked. */
function watched() {
  const lanes: string[] = [];
  const take = async (_kind: string, lane: string) => {
    lanes.push(lane);
    return () => {};
  };
  return { lanes, deps: { ...world.ctx, budgetOf: () => ({ take, pause: async () => {} }) } };
}

describe("who had given HubSpot what came from there (Verifies: R-78)", () => {
  it("is told of each change, the earlier ones as well, for one call to it however often it is looked at", async () => {
    const rows = await edits("snov");
    await world.sandbox.control("DELETE", "/counters");
    const given = await read(rows.map(({ id }) => id));
    expect(await countRequests(world.sandbox, "/crm/objects")).toBe(1);
    expect(await read(rows.map(({ id }) => id))).toEqual(given);
    expect(await countRequests(world.sandbox, "/crm/objects")).toBe(1);
    expect(Object.keys(given)).toHaveLength(2 * names.length);
    for (const { id, at } of rows) {
      const told = given[id]?.job_title;
      expect(told).toMatchObject({
        source: "CRM_UI",
        userName: expect.stringMatching(/^\p{L}+ \p{L}+$/u),
      });
      expect(Date.parse(told?.at ?? "")).toBeLessThanOrEqual(at.getTime());
    }
  });

  it("is asked of nothing else, and told to nobody else", async () => {
    const ours = (await edits("hubspot")).map(({ id }) => id);
    expect(ours.length).toBeGreaterThan(0);
    expect(await read(ours)).toEqual(Object.fromEntries(ours.map((id) => [id, {}])));
    await expect(read(ours, { ...world.ctx, workspaceId: crypto.randomUUID() })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("is learnt by itself, soon after, as nobody's urgent work", async () => {
    const rows = await edits("snov");
    await world.db.update(activities).set({ givers: null });
    const { deps, lanes } = watched();
    expect(await learnLatestGivers(deps, world.integrationId)).toEqual({ learnt: rows.length });
    expect(await learnLatestGivers(deps, world.integrationId)).toEqual({ learnt: 0 });
    expect(lanes).toEqual(["bulk"]);
  });

  it("is asked for the page ahead of what nobody waits for, and left out only where HubSpot did not say", async () => {
    const ids = (await edits("snov")).map(({ id }) => id);
    await world.db.update(activities).set({ givers: null });
    const { deps, lanes } = watched();
    await world.sandbox.control("PUT", "/faults", {
      failNext: { count: 1, status: 500, match: "batch/read" },
    });
    expect(await read(ids, deps)).toEqual({});
    await world.sandbox.control("PUT", "/faults", {});
    expect(Object.keys(await read(ids, deps))).toHaveLength(ids.length);
    expect(lanes).toEqual(["live", "live"]);
    await world.db.update(activities).set({ givers: {} });
    expect(await read(ids)).toEqual(Object.fromEntries(ids.map((id) => [id, {}])));
    await world.db.update(activities).set({ givers: null });
    await read(ids);
  });

  it("is left out while the connection has ended, for then nobody was asked", async () => {
    const ids = (await edits("snov")).map(({ id }) => id);
    await world.db.update(activities).set({ givers: null });
    await world.configure({ state: "broken" });
    expect(await read(ids)).toEqual({});
    await world.configure({ state: "active" });
    expect(Object.keys(await read(ids))).toHaveLength(ids.length);
  });

  it("is named by the download too, also where it is of one user's changes alone", async () => {
    const rows = await edits("snov");
    const given = await read(rows.map(({ id }) => id));
    const first = rows[0]?.givers?.job_title?.userId;
    const ofFirst = rows.filter(({ givers }) => givers?.job_title?.userId === first);
    const peopleOf = async (filter: { cause: "from_hubspot"; giverId?: string }) => {
      const input = { integrationId: world.integrationId, filter };
      let text = "";
      for await (const part of activitiesCsv({ ctx: world.ctx, input, words: wordsIn("en") })) text += part;
      return text
        .split("\r\n")
        .flatMap((line) => (line.includes(",Job title,") ? [line.split("Came from HubSpot,")[1]] : []));
    };
    const nameOf = ({ id }: (typeof rows)[number]) => `${given[id]?.job_title?.userName},,`;
    expect(await peopleOf({ cause: "from_hubspot" })).toEqual(rows.map(nameOf).toReversed());
    expect(await peopleOf({ cause: "from_hubspot", giverId: first ?? "" })).toEqual(
      ofFirst.map(nameOf).toReversed(),
    );
  });

  it("finds what a user of HubSpot had changed there, and nothing of anybody else", async () => {
    const rows = await edits("snov");
    const userIds = rows.map(({ givers }) => givers?.job_title?.userId);
    const [one] = userIds;
    const found = async (giverId: string) =>
      (
        await readActivities({
          ctx: world.ctx,
          input: { integrationId: world.integrationId, filter: { giverId } },
        })
      ).activities.map(({ id }) => id);
    const ofOne = rows.filter((_, place) => userIds[place] === one).map(({ id }) => id);
    expect(await found(one ?? "")).toEqual(ofOne.toReversed());
    expect(await found("999999999")).toEqual([]);
  });

  it("is asked of the others where HubSpot fails for some, and of those again", async () => {
    const [like] = await edits("snov");
    if (!like) throw new Error("nothing came from HubSpot");
    const { id: _, ...row } = like;
    await world.db.update(activities).set({ givers: null });
    const strangers = Array.from({ length: 60 }, (_, place) => `${900_000_000 + place}`);
    await world.db
      .insert(activities)
      .values(strangers.map((contactId) => ({ ...row, contactId, givers: null })));
    const waiting = (await edits("snov")).length;
    await world.sandbox.control("PUT", "/faults", {
      failNext: { count: 1, status: 500, match: "batch/read" },
    });
    const { learnt } = await learnLatestGivers(world.ctx, world.integrationId);
    expect(learnt).toBe(waiting - 50);
    await world.sandbox.control("PUT", "/faults", {});
    expect(await learnLatestGivers(world.ctx, world.integrationId)).toEqual({ learnt: 50 });
  });

  it("is told of all but the one that HubSpot refuses to tell of", async () => {
    await world.db.update(activities).set({ givers: null });
    const waiting = (await edits("snov")).length;
    await world.sandbox.control("PUT", "/faults", {
      failNext: { count: 1, status: 400, match: "batch/read" },
    });
    expect(await learnLatestGivers(world.ctx, world.integrationId)).toEqual({ learnt: waiting });
    await world.sandbox.control("PUT", "/faults", {});
    const told = await edits("snov");
    expect(told.filter(({ givers }) => givers?.job_title)).toHaveLength(2 * names.length);
  });
});
