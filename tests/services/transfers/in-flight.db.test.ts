// What a person does to a transfer, or a question of its own, while several pages of it are under way.
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { readAsked } from "@/db/queries/transfers";
import { recordLinks } from "@/db/schema/sync";
import { addProspects } from "@/scripts/bench/transfer/open-bench-world";
import { allowTransfer } from "@/services/transfers/allow-transfer";
import { answerTransfer } from "@/services/transfers/answer-transfer";
import { cancelTransfer } from "@/services/transfers/cancel-transfer";
import { pauseTransfer } from "@/services/transfers/pause-transfer";
import { resumeTransfer } from "@/services/transfers/resume-transfer";
import { transferPage } from "@/services/transfers/transfer-page";
import { openTurns } from "@/services/transfers/turns";
import { workTransfer } from "@/services/transfers/work-transfer";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";
import { untilTrue } from "../../support/until-true";
import { peopleOf } from "./people";
import { itemsOf, previewAll, transferOf } from "./transfer";

let world: SyncWorld;
let people: ReturnType<typeof peopleOf>;
beforeAll(async () => {
  world = await openSyncWorld();
  people = peopleOf(world);
});
afterAll(() => world.close());
afterEach(async () => {
  vi.restoreAllMocks();
  while ((await world.contacts()).length) await people.clean();
  await people.clean();
});

/** Calls of this name are answered once so many wait, and `meanwhile` is done; returns how many were made. */
function heldTogether(call: string, pages: number, meanwhile: () => Promise<unknown> = async () => {}) {
  const send = globalThis.fetch;
  const seen = { calls: 0 };
  let go: () => void = () => {};
  const gone = new Promise<void>((resolve) => {
    go = resolve;
  });
  vi.spyOn(globalThis, "fetch").mockImplementation(async (url, init) => {
    if (!new URL(String(url)).pathname.endsWith(call)) return await send(url, init);
    seen.calls += 1;
    if (seen.calls === pages) await meanwhile().then(go);
    await gone;
    return await send(url, init);
  });
  return seen;
}

async function workOn(runId: string): Promise<void> {
  for (let step = 0; step < 50; step += 1) if (!(await workTransfer(world.ctx, runId)).more) return;
  throw new Error("the transfer does not end");
}

describe("a transfer of which four pages are under way (Verifies: R-52)", () => {
  it.each([
    ["paused", pauseTransfer],
    ["cancelled", cancelTransfer],
  ])("is %s once these are saved, and begins no other", async (state, act) => {
    await addProspects(world, 600);
    const runId = await previewAll(world);
    const input = { runId };
    await allowTransfer({ ctx: world.ctx, input });
    const seen = heldTogether("/batch/create", 4, () => act({ ctx: world.ctx, input }));
    await workOn(runId);
    expect(seen.calls).toBe(4);
    expect(await transferOf(world, runId)).toMatchObject({ state, done: { created: 400 } });
    const left = await itemsOf(world, runId, "planned");
    expect(left).toHaveLength(200);
    expect(new Set(left.map(({ lease, attempts }) => `${lease} ${attempts}`))).toEqual(new Set(["null 0"]));
    if (state === "cancelled") return;
    await resumeTransfer({ ctx: world.ctx, input });
    await workOn(runId);
    expect(await transferOf(world, runId)).toMatchObject({ state: "finished", done: { created: 600 } });
    expect(await world.db.$count(recordLinks)).toBe(600);
  });
});

describe("a transfer of which two pages would replace more than was shown (Verifies: R-51, R-52)", () => {
  it("asks about one, writes nothing of either, and asks about the other once that is answered", async () => {
    await world.configure({ policy: "snov_wins" });
    const theirs = new Map<string, string>();
    for (let n = 0; n < 110; n += 1) {
      const id = await people.prospect(`P${n}`, { job_title: "CEO" });
      theirs.set(id, (await people.contact(`P${n}`)).id);
    }
    const runId = await previewAll(world);
    await allowTransfer({ ctx: world.ctx, input: { runId } });
    const ids = (await itemsOf(world, runId, "planned")).map(({ recordId }) => recordId).sort();
    const edited = [ids.at(0) ?? "", ids.at(-1) ?? ""].map((id) => theirs.get(id) ?? "");
    for (const id of edited) await world.editContact(id, { jobtitle: "Typed since" });
    const titles = async () =>
      (await world.contacts()).map(({ properties }) => properties.jobtitle ?? "").filter(Boolean);
    const seen = heldTogether("/batch/read", 2);
    const turns = openTurns();
    const first = transferPage(world.ctx, runId, turns);
    // Two that choose at the same moment share the records out as it happens, and others find some left.
    await untilTrue(async () => seen.calls === 1);
    await Promise.all([first, transferPage(world.ctx, runId, turns)]);
    expect(await transferOf(world, runId)).toMatchObject({ state: "asking", done: {} });
    expect(await itemsOf(world, runId, "asked")).toHaveLength(1);
    expect((await itemsOf(world, runId, "planned")).map(({ attempts }) => attempts)).toEqual(
      Array(109).fill(0),
    );
    expect(await titles()).toEqual(["Typed since", "Typed since"]);

    const answered = async () => {
      const { key } = await readAsked(world.db, runId);
      await answerTransfer({ ctx: world.ctx, input: { runId, answer: "leave_out", seen: key } });
      await workOn(runId);
    };
    await answered();
    expect(await transferOf(world, runId)).toMatchObject({ state: "asking" });
    expect((await titles()).filter((title) => title === "Typed since")).toHaveLength(2);
    await answered();
    expect(await transferOf(world, runId)).toMatchObject({
      state: "finished",
      done: { updated: 108, left_out: 2 },
    });
  });
});
