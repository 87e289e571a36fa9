// HubSpot's clock is ahead of ours: who gave it a value is known all the same, and nobody is named who may not have.
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { activities } from "@/db/schema/sync";
import { learnLatestGivers } from "@/services/activities/learn-latest-givers";
import { explainField } from "@/services/prospects/explain-field";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
  await world.sandbox.control("PATCH", "/clock", { advanceMs: 60_000 });
});
afterAll(() => world.close());

/** A prospect of which HubSpot's users gave the job title these values, one after the other. */
async function given(name: string, titles: string[]) {
  const id = await world.addProspect({ emails: [`${name}@example.org`], job_title: "Intern" });
  await world.reconcile();
  const contactId = await world.contactOf(id);
  for (const jobtitle of titles) {
    await world.editContact(contactId, { jobtitle });
    await world.notice("hubspot", contactId);
    await world.reconcile();
  }
  await learnLatestGivers(world.ctx, world.integrationId);
  const rows = await world.db
    .select()
    .from(activities)
    .where(eq(activities.prospectId, id))
    .orderBy(activities.id);
  const came = rows.flatMap(({ cause, side, givers, at }) =>
    side === "snov" && cause.kind === "sync" ? [{ by: givers?.job_title, at }] : [],
  );
  const { chain } = await explainField({ ctx: world.ctx, input: { id, field: "job_title" } });
  const told = chain.flatMap(({ side, cause, changedInHubspot }) =>
    side === "snov" && cause.kind === "sync" ? [changedInHubspot] : [],
  );
  return { came, told: told.toReversed() };
}

describe("who gave HubSpot a value, by a clock that is ahead of ours (Verifies: R-78)", () => {
  it("is told of what HubSpot dates later than we took it over", async () => {
    const { came, told } = await given("ana", ["CEO", "CTO"]);
    expect(came.map(({ by }) => by)).toEqual([
      { at: expect.any(String), source: "CRM_UI", userId: expect.any(String) },
      { at: expect.any(String), source: "CRM_UI", userId: expect.any(String) },
    ]);
    for (const { by, at } of came) expect(Date.parse(by?.at ?? "")).toBeGreaterThan(at.getTime());
    expect(told.map((by) => [by?.at, by?.userId])).toEqual(came.map(({ by }) => [by?.at, by?.userId]));
  });

  it("is nobody of whom it is not sure, where the value was given twice", async () => {
    const { came, told } = await given("bia", ["CEO", "CTO", "CEO"]);
    expect(came.map(({ by }) => by !== undefined)).toEqual([false, true, false]);
    expect(told.map((by) => by !== null)).toEqual([false, true, false]);
  });
});
