// What is learnt and counted beside the syncing, by the clock, without anybody who asks for it.
import { eq, isNotNull } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { hourlyStatuses } from "@/db/schema/hours";
import { activities } from "@/db/schema/sync";
import { type FunctionWorld, openFunctionWorld } from "./open-function-world";

let world: FunctionWorld;
beforeAll(async () => {
  world = await openFunctionWorld(["learn-givers", "snapshot-statuses"], {
    integration: { existingLinkedAt: new Date() },
  });
});
afterAll(() => world.close());

it("who gave HubSpot what came from there is learnt by itself (Verifies: R-78)", async () => {
  const id = await world.addProspect({ emails: ["ana@example.org"], job_title: "CEO" });
  await world.reconcile();
  const contactId = await world.contactOf(id);
  await world.editContact(contactId, { jobtitle: "CTO" });
  await world.notice("hubspot", contactId);
  await world.reconcile();
  const givers = async () =>
    (
      await world.db
        .select({ side: activities.side, cause: activities.cause, givers: activities.givers })
        .from(activities)
        .where(eq(activities.prospectId, id))
    ).flatMap(({ side, cause, givers }) => (side === "snov" && cause.kind === "sync" ? [givers] : []));
  expect(await givers()).toEqual([null]);
  expect(await world.tick("learn-givers")).toMatchObject({ status: "completed" });
  expect(await givers()).toMatchObject([{ job_title: { source: "CRM_UI", userId: expect.any(String) } }]);
});

it("what HubSpot did not tell is asked again the next minute (Verifies: R-74)", async () => {
  const [row] = await world.db.select().from(activities).where(eq(activities.kind, "prospect/edited"));
  if (!row) throw new Error("nothing came from HubSpot");
  await world.db.update(activities).set({ givers: null });
  await world.sandbox.control("PUT", "/faults", { failNext: { count: 50, status: 500 } });
  expect(await world.tick("learn-givers")).toMatchObject({ status: "completed" });
  await world.sandbox.control("PUT", "/faults", {});
  expect(await world.db.$count(activities, isNotNull(activities.givers))).toBe(0);
  expect(await world.tick("learn-givers")).toMatchObject({ status: "completed" });
  const [learnt] = await world.db.select().from(activities).where(eq(activities.id, row.id));
  expect(learnt?.givers).toHaveProperty("job_title");
});

it("how many records stand how is counted at the beginning of an hour (Verifies: R-77)", async () => {
  await world.db.delete(hourlyStatuses);
  expect(await world.tick("snapshot-statuses", 1)).toMatchObject({ status: "completed" });
  expect(await world.db.select().from(hourlyStatuses)).toMatchObject([
    { integrationId: world.integrationId, inSync: 1, waiting: 0, failing: 0, inConflict: 0, excluded: 0 },
  ]);
});
