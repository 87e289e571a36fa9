// Two lanes may come to hold one page, where the first is slow. Its records are done, and counted, once.
import { eq, like, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { prospectEmails } from "@/db/schema/prospects";
import { activities } from "@/db/schema/sync";
import { lockLinks } from "@/services/sync/moved-links";
import { allowTransfer } from "@/services/transfers/allow-transfer";
import { cancelTransfer } from "@/services/transfers/cancel-transfer";
import { claimItems, releaseItems } from "@/services/transfers/claim-items";
import { retryFailed } from "@/services/transfers/retry-failed";
import { startUndo } from "@/services/transfers/start-undo";
import { transferPage } from "@/services/transfers/transfer-page";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";
import { pageDiesAt } from "./dying";
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

const callOf = (url: Parameters<typeof fetch>[0]) => new URL(String(url)).pathname.split("/").at(-1) ?? "";

/** The first page that calls HubSpot so waits there until another lane has done what `meanwhile` says. */
async function slowAt(call: string, runId: string, meanwhile: () => Promise<unknown>) {
  const send = globalThis.fetch;
  let waits = true;
  const spy = vi.spyOn(globalThis, "fetch").mockImplementation(async (url, init) => {
    const answer = await send(url, init);
    if (waits && `/batch/${callOf(url)}` === call) {
      waits = false;
      await meanwhile();
    }
    return answer;
  });
  await transferPage(world.ctx, runId);
  spy.mockRestore();
  expect(waits).toBe(false);
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

  it("gives nothing of another lane's back, and a lost one is a try of who was alone in it", async () => {
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
  const replaced = async () =>
    (
      await world.db
        .select({ kind: activities.kind })
        .from(activities)
        .where(like(activities.kind, "contact/value_%"))
    )
      .map(({ kind }) => kind)
      .toSorted();
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

  it("puts nothing back and tells of nothing once it has been ended, for the next look does", async () => {
    const id = await story.prospect("Ours", { job_title: "CEO" });
    const { id: contactId } = await story.contact("Ours");
    const { runOf, cancel } = await cancelled();
    const send = globalThis.fetch;
    const sent: string[] = [];
    const spy = vi.spyOn(globalThis, "fetch").mockImplementation(async (url, init) => {
      const call = callOf(url);
      // Somebody types under our write, and the page is slow to look under it.
      if (call === "update" && !sent.includes(call)) await world.editContact(contactId, { jobtitle: "CFO" });
      const isSlow = call === "read" && sent.includes("update");
      sent.push(call);
      const answer = await send(url, init);
      if (!isSlow) return answer;
      spy.mockRestore();
      await cancel();
      await longAgo();
      await inFlight(runOf);
      vi.spyOn(globalThis, "fetch").mockImplementation((url, init) => {
        sent.push(`late ${callOf(url)}`);
        return send(url, init);
      });
      return answer;
    });
    await transferPage(world.ctx, runOf);
    vi.restoreAllMocks();
    expect(sent).toContain("update");
    expect(sent).not.toContain("late update");
    expect(await story.contactTitle(contactId)).toBe("CEO");
    expect(await replaced()).toEqual([]);
    await story.look(id, contactId);
    expect(await story.contactTitle(contactId)).toBe("CFO");
    expect(await replaced()).toEqual(["contact/value_put_back", "contact/value_replaced"]);
  });

  it("is refused an undo without waiting for whoever commits, while a page of it is on its way", async () => {
    await story.prospect("Ours");
    const { runOf, cancel } = await cancelled();
    await claimItems(world.db, runOf);
    await cancel();
    await world.db.transaction(async (tx) => {
      await lockLinks(tx, world.integrationId);
      await inFlight(runOf);
    });
    await longAgo();
    await story.undoPreviewed(runOf);
  });

  it("is undone with what a page of its second try has created and not heard of, whatever an undo was told before", async () => {
    const id = await story.prospect("Ours");
    const addressed = (email: string) =>
      world.db
        .update(prospectEmails)
        .set({ email, matchKey: email })
        .where(eq(prospectEmails.prospectId, id));
    await addressed("no address");
    const runOf = await previewAll(world);
    await transferAll(world, runOf);
    expect(await itemsOf(world, runOf)).toMatchObject([{ outcome: "failing" }]);
    await cancelTransfer({ ctx: world.ctx, input: { runId: await story.undoPreviewed(runOf) } });
    await addressed("ours@example.com");
    await world.db.execute(sql`delete from pending_records`);

    await retryFailed({ ctx: world.ctx, input: { runId: runOf } });
    await pageDiesAt(world, "/batch/create", runOf);
    expect(await world.contacts()).toHaveLength(1);
    await cancelTransfer({ ctx: world.ctx, input: { runId: runOf } });
    await world.db.execute(sql`delete from pending_records`);
    await inFlight(runOf);
    await world.reconcile();
    const runId = await story.undone(runOf);
    expect(await story.outcomes(runId)).toEqual([["Ours", "taken_back", undefined]]);
    expect(await world.contacts()).toEqual([]);
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
