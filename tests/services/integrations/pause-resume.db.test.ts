import { and, eq, inArray } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { integrations } from "@/db/schema/integrations";
import { activities } from "@/db/schema/sync";
import type { Ctx } from "@/services/context";
import { pauseIntegration } from "@/services/integrations/pause-integration";
import { resumeIntegration } from "@/services/integrations/resume-integration";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
});
afterAll(() => world.close());

const input = () => ({ integrationId: world.integrationId });
const set = (values: Partial<typeof integrations.$inferInsert>) =>
  world.db.update(integrations).set(values).where(eq(integrations.id, world.integrationId));
const state = async () => (await world.db.select().from(integrations))[0]?.state;
const told = async () =>
  (
    await world.db
      .select({ kind: activities.kind, cause: activities.cause })
      .from(activities)
      .where(
        and(
          eq(activities.integrationId, world.integrationId),
          inArray(activities.kind, ["integration/paused", "integration/resumed"]),
        ),
      )
      .orderBy(activities.id)
  ).map(({ kind, cause }) => [kind, cause.kind]);

/** Verifies: R-46 */
describe("pausing and resuming", () => {
  it("keeps edits of both sides while paused and applies them on resume", async () => {
    const id = await world.addProspect({
      emails: ["ines@example.com"],
      first_name: "Inês",
      job_title: "CEO",
    });
    await world.reconcile();
    const [contact] = await world.contacts();
    const contactId = contact?.id ?? "";

    await pauseIntegration({ ctx: world.ctx, input: input() });
    await world.editProspect(id, "job_title", "CEO", "CTO");
    await world.editContact(contactId, { city: "Recife" });
    await world.notice("hubspot", contactId);
    expect((await world.page()).claimed).toBe(0);
    expect((await world.contact(contactId)).properties.jobtitle).toBe("CEO");
    expect(await world.pending()).toHaveLength(2);

    world.wakes.length = 0;
    await resumeIntegration({ ctx: world.ctx, input: input() });
    expect(world.wakes).toEqual([world.integrationId]);
    await world.reconcile();
    expect((await world.contact(contactId)).properties.jobtitle).toBe("CTO");
    expect(await world.prospectByEmail("ines@example.com")).toMatchObject({ city: "Recife" });
  });

  it("tells each once, however often it is asked for", async () => {
    await world.db.delete(activities);
    await Promise.all([1, 2, 3].map(() => pauseIntegration({ ctx: world.ctx, input: input() })));
    expect(await state()).toBe("paused");
    await Promise.all([1, 2, 3].map(() => resumeIntegration({ ctx: world.ctx, input: input() })));
    expect(await state()).toBe("active");
    expect(await told()).toEqual([
      ["integration/paused", "member"],
      ["integration/resumed", "member"],
    ]);
  });

  it("leaves a draft and a broken integration as they are", async () => {
    await set({ state: "draft" });
    await expect(pauseIntegration({ ctx: world.ctx, input: input() })).rejects.toMatchObject({
      details: { reason: "integration_not_active" },
    });
    await expect(resumeIntegration({ ctx: world.ctx, input: input() })).rejects.toMatchObject({
      details: { reason: "integration_not_paused" },
    });
    await set({ state: "broken" });
    await expect(resumeIntegration({ ctx: world.ctx, input: input() })).rejects.toMatchObject({
      code: "connection_broken",
    });
    expect(await state()).toBe("broken");
    await set({ state: "active" });
  });

  it("is refused to members, to other workspaces and once disconnected", async () => {
    const member: Ctx = { ...world.ctx, role: "member" };
    const stranger: Ctx = { ...world.ctx, workspaceId: crypto.randomUUID() };
    const refusals = async (verb: typeof pauseIntegration, ctx: Ctx, code: string) =>
      expect(verb({ ctx, input: input() })).rejects.toMatchObject({ code });
    for (const verb of [pauseIntegration, resumeIntegration]) {
      await refusals(verb, member, "forbidden");
      await refusals(verb, stranger, "not_found");
    }
    await set({ disconnectedAt: new Date() });
    await refusals(pauseIntegration, world.ctx, "not_found");
    await refusals(resumeIntegration, world.ctx, "not_found");
    expect(await state()).toBe("active");
  });
});
