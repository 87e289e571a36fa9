import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { FuseStop } from "@/db/schema/integrations";
import { integrations } from "@/db/schema/integrations";
import { activities, pendingRecords } from "@/db/schema/sync";
import type { Ctx } from "@/services/context";
import { answerFuse } from "@/services/integrations/answer-fuse";
import { resumeIntegration } from "@/services/integrations/resume-integration";
import { trashProspects } from "@/services/prospects/trash-prospects";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
});
afterAll(() => world.close());

const stop: FuseStop = {
  kind: "removals",
  planned: 3,
  before: 0,
  limit: 2,
  at: "2026-11-23T10:00:00.000Z",
  windowMinutes: 60,
  sides: ["hubspot"],
  samples: [],
  waiting: 3,
};
beforeEach(async () => {
  await world.db.delete(pendingRecords);
  await world.db.delete(activities);
  await world.configure({ state: "paused", stateBeforeBroken: null, fuseStop: stop, fuseAnswers: [] });
});

const give = (answer: "continue" | "discard", ctx: Ctx = world.ctx, seen?: string) =>
  answerFuse({ ctx, input: { integrationId: world.integrationId, answer, ...(seen ? { seen } : {}) } });
const row = async () => {
  const found = world.db.select().from(integrations).where(eq(integrations.id, world.integrationId));
  return (await found)[0];
};
const told = () =>
  world.db
    .select()
    .from(activities)
    .where(
      and(
        eq(activities.integrationId, world.integrationId),
        eq(activities.kind, "integration/fuse_answered"),
      ),
    );

describe("answering a fuse (Verifies: R-76)", () => {
  it("lets syncing go on, says until when the answer counts, wakes the engine and is written down", async () => {
    world.wakes.length = 0;
    await give("discard");
    const { state, fuseStop, fuseAnswers } = (await row()) ?? {};
    expect({ state, fuseStop }).toEqual({ state: "active", fuseStop: null });
    expect(fuseAnswers).toMatchObject([{ kind: "removals", answer: "discard" }]);
    expect(Math.abs(Date.parse(fuseAnswers?.[0]?.noticedUntil ?? "") - Date.now())).toBeLessThan(60_000);
    expect(world.wakes).toEqual([world.integrationId]);
    expect(await told()).toMatchObject([
      {
        changes: [{ field: "removals", after: "discard" }],
        cause: { kind: "member", userId: world.ctx.userId },
      },
    ]);
  });

  it("keeps earlier answers that some waiting record is still about, and no others", async () => {
    const earlier = (noticedUntil: string) =>
      ({ kind: "blankings", answer: "discard", noticedUntil }) as const;
    const [done, open] = [earlier("2026-11-23T08:00:00.000Z"), earlier("2026-11-23T09:00:00.000Z")];
    await world.configure({ fuseAnswers: [done, open] });
    const noticedAt = new Date("2026-11-23T08:30:00.000Z");
    await world.db
      .insert(pendingRecords)
      .values({ integrationId: world.integrationId, side: "snov", recordId: crypto.randomUUID(), noticedAt });
    await give("continue");
    expect((await row())?.fuseAnswers).toMatchObject([open, { kind: "removals", answer: "continue" }]);
  });

  it("counts once, however often it is given, and the first one stands", async () => {
    const tries = await Promise.allSettled([give("continue"), give("discard"), give("continue")]);
    expect(tries.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected", "rejected"]);
    expect(await told()).toHaveLength(1);
    await expect(give("continue")).rejects.toMatchObject({
      code: "out_of_date",
      details: { reason: "fuse_answered" },
    });
  });

  it("is refused where another fuse blew than the one that was looked at", async () => {
    await expect(give("continue", world.ctx, "2026-11-23T09:00:00.000Z")).rejects.toMatchObject({
      details: { reason: "fuse_answered" },
    });
    expect((await row())?.fuseStop).toEqual(stop);
    await give("continue", world.ctx, stop.at);
    expect((await row())?.fuseStop).toBeNull();
  });

  it("is refused to members and to other workspaces", async () => {
    await expect(give("continue", { ...world.ctx, role: "member" })).rejects.toMatchObject({
      code: "forbidden",
    });
    const stranger = { ...world.ctx, workspaceId: crypto.randomUUID() };
    await expect(give("continue", stranger)).rejects.toMatchObject({ code: "not_found" });
    expect(await row()).toMatchObject({ state: "paused", fuseStop: stop });
  });

  it("waits for a broken connection to be mended", async () => {
    await world.configure({ state: "broken", stateBeforeBroken: "paused" });
    await give("continue");
    expect(await row()).toMatchObject({ state: "broken", stateBeforeBroken: "active", fuseStop: null });
  });

  it("is asked for before anybody may resume", async () => {
    const resume = () => resumeIntegration({ ctx: world.ctx, input: { integrationId: world.integrationId } });
    await expect(resume()).rejects.toMatchObject({ code: "out_of_date", details: { reason: "fuse_waits" } });
    expect((await row())?.state).toBe("paused");
    await give("continue");
    await resume();
  });
});

it.each(["discard", "continue"] as const)(
  "lets %s settle what was noticed until then, by the database's own clock",
  async (answer) => {
    await world.configure({ state: "active", fuseStop: null, fuses: { removals: 2 } });
    const ids = [];
    for (const name of ["Ana", "Bia", "Caio"])
      ids.push(await world.addProspect({ emails: [`${name}.${answer}@example.com`], first_name: name }));
    await world.reconcile();
    await trashProspects({ ctx: world.ctx, input: { ids } });
    await world.page();
    expect((await row())?.fuseStop).toMatchObject({
      kind: "removals",
      planned: 3,
      sides: ["hubspot"],
      windowMinutes: 60,
    });
    await give(answer);
    await world.reconcile();
    const left = (await world.contacts()).filter(({ properties }) =>
      properties.email?.endsWith(`${answer}@example.com`),
    );
    expect(left).toHaveLength(answer === "discard" ? 3 : 0);
    expect(await row()).toMatchObject({ state: "active", fuseStop: null });
  },
);
