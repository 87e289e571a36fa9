// A preview waits for HubSpot, says so, and ends where that takes too long; whoever asked for it can have it go on.
import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { activities } from "@/db/schema/sync";
import { addProspects } from "@/scripts/bench/transfer/open-bench-world";
import { readTransfer } from "@/services/transfers/read-transfer";
import { startPreview } from "@/services/transfers/start-preview";
import { tryPreviewAgain } from "@/services/transfers/try-preview-again";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";
import { previewAll, previewPage } from "./transfer";
import { undoing } from "./undo";

let world: SyncWorld;
let story: ReturnType<typeof undoing>;
beforeAll(async () => {
  world = await openSyncWorld();
  story = undoing(world);
});
afterAll(() => world.close());
afterEach(async () => {
  vi.restoreAllMocks();
  await story.clean();
});

function noAnswer(headers: Record<string, string> = {}): void {
  vi.spyOn(globalThis, "fetch").mockImplementation(async () => Response.json({}, { status: 503, headers }));
}
const shown = (runId: string) => readTransfer({ ctx: world.ctx, input: { runId } });
/** As if these moments had been so long ago. */
const earlier = (seconds: number, moments: string[]) =>
  world.db.execute(sql`update transfers set hindered = hindered || (
    select jsonb_object_agg(key, value::timestamptz - make_interval(secs => ${seconds}::int))
    from jsonb_each_text(hindered) where value is not null and ${JSON.stringify(moments)}::jsonb ? key)`);
/** As if it had been tried for so long already. */
const waited = (seconds: number) => earlier(seconds, ["since"]);
/** As if nobody had tried it for so long. */
const slept = (seconds: number) => earlier(seconds, ["since", "at", "until"]);

describe("a preview to which HubSpot gives no answer (Verifies: R-51)", () => {
  async function begun(): Promise<string> {
    // As after linking what existed at launch.
    await previewAll(world);
    const input = { integrationId: world.integrationId, fromSnov: true, fromHubspot: true };
    return (await startPreview({ ctx: world.ctx, input })).runId;
  }
  const failsToShow = (runId: string, error: object = { kind: "transient" }) =>
    expect(previewPage(world.ctx, runId)).rejects.toMatchObject(error);
  const showAll = async (runId: string) => {
    while ((await previewPage(world.ctx, runId)).more);
  };

  it("says so until it goes on, and when it ends otherwise", async () => {
    await story.prospect("Ours");
    const runId = await begun();
    noAnswer();
    await failsToShow(runId);
    await waited(90);
    const { waiting } = await shown(runId);
    expect(waiting).toMatchObject({ kind: "no_answer", until: null });
    expect(Date.parse(waiting?.endsAt ?? "") - Date.parse(waiting?.since ?? "")).toBe(30 * 60_000);
    vi.restoreAllMocks();
    await showAll(runId);
    expect(await shown(runId)).toMatchObject({ state: "previewed", waiting: null, stoppedFor: null });
  });

  it("ends after half an hour and says why, and goes on where it was when asked", async () => {
    await addProspects(world, 150);
    const runId = await begun();
    await previewPage(world.ctx, runId);
    noAnswer();
    await failsToShow(runId);
    await waited(29 * 60);
    await failsToShow(runId);
    expect(await shown(runId)).toMatchObject({ state: "previewing" });
    await waited(60);
    await failsToShow(runId);
    const since = expect.any(String);
    expect(await shown(runId)).toMatchObject({
      state: "stopped",
      waiting: null,
      stoppedFor: { kind: "no_answer", since },
      preview: { seen: 100 },
    });
    expect(await world.db.select().from(activities).where(eq(activities.runId, runId))).toMatchObject([
      { kind: "transfer/preview_ended", cause: { kind: "system" } },
    ]);
    expect(await previewPage(world.ctx, runId)).toEqual({ more: false });
    vi.restoreAllMocks();
    await tryPreviewAgain({ ctx: world.ctx, input: { runId } });
    expect(await shown(runId)).toMatchObject({ state: "previewing", finishedAt: null, waiting: null });
    await showAll(runId);
    expect(await shown(runId)).toMatchObject({ state: "previewed", preview: { seen: 150 } });
  });

  it("waits for as long as HubSpot says, a day at most", async () => {
    await story.prospect("Ours");
    const runId = await begun();
    noAnswer({ "retry-after": "3600" });
    await failsToShow(runId);
    await waited(24 * 3600);
    await failsToShow(runId);
    expect(await shown(runId)).toMatchObject({ state: "previewing" });
    await waited(3600);
    await failsToShow(runId);
    expect(await shown(runId)).toMatchObject({ state: "stopped" });
  });

  it("begins to wait anew with what comes after a limit of the day", async () => {
    await story.prospect("Ours");
    const runId = await begun();
    noAnswer({ "retry-after": "36000" });
    await failsToShow(runId);
    await slept(36_000);
    noAnswer();
    await failsToShow(runId);
    expect(await shown(runId)).toMatchObject({ state: "previewing" });
    await waited(90);
    const { waiting } = await shown(runId);
    expect(Date.now() - Date.parse(waiting?.since ?? "")).toBeLessThan(120_000);
    vi.restoreAllMocks();
    await showAll(runId);
    expect(await shown(runId)).toMatchObject({ state: "previewed" });
  });

  it("begins to wait anew where nobody tried it meanwhile", async () => {
    await story.prospect("Ours");
    const runId = await begun();
    noAnswer();
    await failsToShow(runId);
    await slept(3600);
    await failsToShow(runId);
    expect(await shown(runId)).toMatchObject({ state: "previewing" });
  });

  it("says it of what was not foreseen, too", async () => {
    await story.prospect("Ours");
    const runId = await begun();
    await previewPage(world.ctx, runId);
    vi.spyOn(globalThis, "fetch").mockImplementation(async () =>
      Response.json({ category: "VALIDATION_ERROR", message: "no" }, { status: 400 }),
    );
    await failsToShow(runId, { kind: "rejected" });
    await waited(90);
    expect((await shown(runId)).waiting).toMatchObject({ kind: "failed" });
  });

  it("is not tried again beside another one, nor by a member", async () => {
    await story.prospect("Ours");
    const runId = await begun();
    noAnswer();
    await failsToShow(runId);
    await waited(1800);
    await failsToShow(runId);
    vi.restoreAllMocks();
    const again = (ctx = world.ctx) => tryPreviewAgain({ ctx, input: { runId } });
    await expect(again({ ...world.ctx, role: "member" })).rejects.toMatchObject({ code: "forbidden" });
    await previewAll(world);
    await expect(again()).rejects.toMatchObject({ details: { reason: "transfer_open" } });
  });
});
