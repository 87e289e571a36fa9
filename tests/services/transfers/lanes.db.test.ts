// Two lanes may come to hold one page, where the first is slow. Its records are done, and counted, once.
import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { allowTransfer } from "@/services/transfers/allow-transfer";
import { cancelTransfer } from "@/services/transfers/cancel-transfer";
import { claimItems, releaseItems } from "@/services/transfers/claim-items";
import { startUndo } from "@/services/transfers/start-undo";
import { transferPage } from "@/services/transfers/transfer-page";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";
import { itemsOf, previewAll, runAll, transferAll, transferOf } from "./transfer";
import { undoing } from "./undo";

let world: SyncWorld;
let story: ReturnType<typeof undoing>;
beforeAll(async () => {
  world = await openSyncWorld();
  story = undoing(world);
});
afterAll(() => world.close());
afterEach(() => story.clean());

const leasesEnd = () =>
  world.db.execute(sql`update run_items set leased_until = now() - interval '1 second'`);

/** The first page that calls HubSpot so waits there until another lane has done what `meanwhile` says. */
async function slowAt(call: string, runId: string, meanwhile: () => Promise<unknown>) {
  const send = globalThis.fetch;
  let waits = true;
  const spy = vi.spyOn(globalThis, "fetch").mockImplementation(async (url, init) => {
    const answer = await send(url, init);
    if (waits && new URL(String(url)).pathname.endsWith(call)) {
      waits = false;
      await meanwhile();
    }
    return answer;
  });
  await transferPage(world.ctx, runId);
  spy.mockRestore();
}

describe("a page of a transfer that lost its lease (Verifies: R-52)", () => {
  it("saves nothing where another lane has done its records", async () => {
    await story.prospect("Ours");
    await story.contact("Theirs");
    const runId = await previewAll(world);
    await allowTransfer({ ctx: world.ctx, input: { runId } });
    await slowAt("/batch/read", runId, async () => {
      await leasesEnd();
      await runAll(world, runId);
    });
    await runAll(world, runId);
    expect(await transferOf(world, runId)).toMatchObject({ state: "finished", done: { created: 2 } });
    expect(await world.contacts()).toHaveLength(2);
  });

  it("saves nothing where another lane holds its records, which that one then does", async () => {
    await story.prospect("Ada", { job_title: "CEO" });
    await story.contact("Ada");
    const runId = await previewAll(world);
    await allowTransfer({ ctx: world.ctx, input: { runId } });
    await slowAt("/batch/update", runId, async () => {
      await leasesEnd();
      await claimItems(world.db, runId);
    });
    expect(await itemsOf(world, runId)).toMatchObject([{ outcome: "planned" }]);
    expect(await transferOf(world, runId)).toMatchObject({ done: {} });
    await leasesEnd();
    await runAll(world, runId);
    expect(await transferOf(world, runId)).toMatchObject({ done: { updated: 1 }, changed: 0 });
  });

  it("gives nothing of another lane's back", async () => {
    await story.prospect("Ours");
    const runId = await previewAll(world);
    await allowTransfer({ ctx: world.ctx, input: { runId } });
    const first = await claimItems(world.db, runId);
    await leasesEnd();
    const second = await claimItems(world.db, runId);
    await releaseItems(world.db, runId, first, { blameless: true });
    expect(await itemsOf(world, runId)).toMatchObject([{ lease: second.lease, attempts: 2 }]);
    await releaseItems(world.db, runId, second, { blameless: true });
    expect(await itemsOf(world, runId)).toMatchObject([{ lease: null, attempts: 1 }]);
  });
});

describe("a transfer that is cancelled while a page is under way (Verifies: R-78)", () => {
  it("is undone only once that page is saved", async () => {
    await story.prospect("Ours");
    const runOf = await previewAll(world);
    await allowTransfer({ ctx: world.ctx, input: { runId: runOf } });
    await slowAt("/batch/create", runOf, async () => {
      await cancelTransfer({ ctx: world.ctx, input: { runId: runOf } });
      await leasesEnd();
      await expect(startUndo({ ctx: world.ctx, input: { runId: runOf } })).rejects.toMatchObject({
        details: { reason: "undone_in_flight" },
      });
    });
    expect(await world.contacts()).toHaveLength(1);
    expect(await itemsOf(world, runOf)).toMatchObject([{ outcome: "created" }]);
    const runId = await story.undone(runOf);
    expect(await story.outcomes(runId)).toEqual([["Ours", "taken_back", undefined]]);
  });

  const cancelled = async () => {
    const runOf = await previewAll(world);
    await allowTransfer({ ctx: world.ctx, input: { runId: runOf } });
    return { runOf, cancel: () => cancelTransfer({ ctx: world.ctx, input: { runId: runOf } }) };
  };
  const inFlight = (runId: string) =>
    expect(startUndo({ ctx: world.ctx, input: { runId } })).rejects.toMatchObject({
      details: { reason: "undone_in_flight" },
    });
  const longAgo = () =>
    world.db.execute(sql`update run_items set leased_until = now() - interval '3 minutes'`);

  it.each([
    ["created", "/batch/create", async () => {}, "taken_back"],
    ["updated", "/batch/update", async () => void (await story.contact("Ours")), "put_back"],
  ])(
    "is undone with what a page that still lives has %s and not saved, and that page saves nothing",
    async (_, call, given, outcome) => {
      await story.prospect("Ours", { job_title: "CEO" });
      await given();
      const { runOf, cancel } = await cancelled();
      let runId = "";
      await slowAt(call, runOf, async () => {
        await cancel();
        await longAgo();
        await inFlight(runOf);
        await inFlight(runOf);
        await world.reconcile();
        runId = await story.undoPreviewed(runOf);
      });
      expect(await itemsOf(world, runOf)).toMatchObject([{ outcome: "planned", lease: null }]);
      await transferAll(world, runId);
      expect(await story.outcomes(runId)).toEqual([["Ours", outcome, undefined]]);
      expect((await world.contacts()).map(({ properties }) => properties.jobtitle ?? "")).toEqual(
        outcome === "taken_back" ? [] : [""],
      );
    },
  );

  it("is undone at once where that page had sent nothing, and that page sends nothing any more", async () => {
    await story.prospect("Ours");
    const { runOf, cancel } = await cancelled();
    await slowAt("/batch/read", runOf, async () => {
      await cancel();
      await longAgo();
      await story.undoPreviewed(runOf);
    });
    expect(await world.contacts()).toEqual([]);
    expect(await itemsOf(world, runOf)).toMatchObject([{ outcome: "planned" }]);
  });

  it("is undone at once where the last of it was only to come round again", async () => {
    await story.prospect("Ada");
    await story.contact("Ada", { jobtitle: "CEO" });
    const { runOf, cancel } = await cancelled();
    await slowAt("/batch/read", runOf, () =>
      world.db.execute("update prospects set version = version + 1, city = 'Oslo'"),
    );
    expect(await itemsOf(world, runOf)).toMatchObject([{ outcome: "planned", attempts: 0 }]);
    await cancel();
    await story.undoPreviewed(runOf);
  });
});
