// What was never transferred stays as it was when its account goes and comes back; what people did meanwhile arrives.
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { integrations } from "@/db/schema/integrations";
import { prospectLists, prospects } from "@/db/schema/prospects";
import { runs } from "@/db/schema/runs";
import { pendingRecords, recordStatuses } from "@/db/schema/sync";
import { disconnectIntegration } from "@/services/connections/disconnect-integration";
import { openConnection } from "@/services/connections/open-connection";
import type { Ctx } from "@/services/context";
import { resumeIntegration } from "@/services/integrations/resume-integration";
import { createProspect } from "@/services/prospects/create-prospect";
import { editProspect } from "@/services/prospects/edit-prospect";
import { startDueComparisons } from "@/services/reconcile/start-due";
import { linkExistingPage } from "@/services/sync/link-existing";
import { pollContacts } from "@/services/sync/poll-contacts";
import { reconcilePage } from "@/services/sync/reconcile-page";
import { type ContactBody, clientOf } from "../../sandbox/test-sandbox";
import { NORTHWIND, startWorld, type World } from "./connected-world";

let world: World;
let ctx: Ctx;
let integrationId: string;
beforeAll(async () => {
  world = await startWorld();
  ctx = await world.newCtx();
});
afterAll(() => world.close());

const contacts = `/accounts/${NORTHWIND}/contacts`;
const control = (method: string, path: string, properties?: Record<string, string>) =>
  clientOf(world.url).control<ContactBody>(method, path, properties && { properties });

/** Two that are one person and differ in their city and title. */
async function pair(name: string) {
  const emails = [`${name}@example.com`];
  const values = { emails, first_name: name, city: "Porto", job_title: "CEO" };
  const { id } = await createProspect({ ctx, input: { values, listIds: [] } });
  const properties = { email: `${name}@example.com`, firstname: name, city: "Faro" };
  const { body } = await control("POST", contacts, properties);
  return {
    id,
    contactId: body.id,
    shown: async () => {
      const [prospect] = await world.db.select().from(prospects).where(eq(prospects.id, id));
      const { properties: theirs } = (await control("GET", `${contacts}/${body.id}`)).body;
      return [prospect?.firstName, prospect?.city, theirs.firstname, theirs.city, theirs.jobtitle ?? ""];
    },
    reason: async () =>
      (await world.db.select().from(recordStatuses).where(eq(recordStatuses.recordId, id)))[0]?.reason,
  };
}

/** Everything that is due is worked off, as the minutes after do it. */
async function settle(): Promise<void> {
  await pollContacts(ctx, integrationId);
  for (let page = 0; page < 50; page += 1) {
    await reconcilePage(ctx, integrationId);
    const waiting = await world.db.$count(pendingRecords, eq(pendingRecords.integrationId, integrationId));
    if (!waiting) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("records are still pending after 50 pages");
}

const compared = async () => (await startDueComparisons(ctx)).map((run) => run.integrationId);

describe("an account that goes and comes back (Verifies: R-13)", () => {
  it("leaves what differs since before launch as it is, and brings what was edited meanwhile on either side", async () => {
    integrationId = await world.connect(ctx);
    const untouched = await pair("untouched");
    const here = await pair("here");
    const there = await pair("there");
    const [list] = await world.db
      .insert(prospectLists)
      .values({ workspaceId: ctx.workspaceId, name: "From HubSpot" })
      .returning();
    const now = new Date();
    await world.db
      .update(integrations)
      .set({ state: "active", launchedAt: now, polledUntil: now, receivingListId: list?.id ?? "" })
      .where(eq(integrations.id, integrationId));
    expect(await linkExistingPage(ctx, integrationId)).toMatchObject({ more: false, linked: 3 });
    await settle();
    const asBefore = ["untouched", "Porto", "untouched", "Faro", ""];
    expect(await untouched.shown()).toEqual(asBefore);

    await disconnectIntegration({ ctx, input: { integrationId } });
    const change = { field: "first_name", seen: "here", value: "Edited" };
    await editProspect({ ctx, input: { id: here.id, version: 1, changes: [change] } });
    await control("PATCH", `${contacts}/${there.contactId}`, { firstname: "Edited" });
    expect(await world.connect(ctx)).toBe(integrationId);
    await resumeIntegration({ ctx, input: { integrationId } });
    await settle();

    expect(await untouched.shown()).toEqual(asBefore);
    expect(await untouched.reason()).toBe("not_transferred");
    for (const edited of [here, there])
      expect(await edited.shown()).toEqual(["Edited", "Porto", "Edited", "Faro", "CEO"]);
  });

  it("is compared as soon as it may sync again, for what was removed meanwhile, and once", async () => {
    await world.db.insert(runs).values({ integrationId, kind: "reconcile", finishedAt: new Date() });
    expect(await compared()).toEqual([]);
    await disconnectIntegration({ ctx, input: { integrationId } });
    expect(await world.connect(ctx)).toBe(integrationId);
    expect(await compared()).toEqual([]);
    await resumeIntegration({ ctx, input: { integrationId } });
    expect(await compared()).toEqual([integrationId]);
    await world.db.update(runs).set({ finishedAt: new Date() });
    expect(await compared()).toEqual([]);

    world.sandbox.grants.revokeAll(NORTHWIND);
    const { id } = (await world.read(integrationId)).connection;
    await expect((await openConnection(ctx, id)).account.details()).rejects.toMatchObject({
      kind: "unauthorized",
    });
    expect((await world.read(integrationId)).integration.state).toBe("broken");
    expect(await world.connect(ctx, NORTHWIND, integrationId)).toBe(integrationId);
    expect(await compared()).toEqual([integrationId]);
  });
});
