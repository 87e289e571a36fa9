// What pages and files show of a transfer is what it did, to members of its workspace alone.
import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runItems, runs } from "@/db/schema/runs";
import { transfers } from "@/db/schema/transfers";
import { forgetErased } from "@/services/sync/forget-erased";
import { cancelTransfer } from "@/services/transfers/cancel-transfer";
import { listTransfers } from "@/services/transfers/list-transfers";
import { noPreview } from "@/services/transfers/preview-counts";
import { readEnded } from "@/services/transfers/read-ended";
import { readItems } from "@/services/transfers/read-items";
import { readTransfer } from "@/services/transfers/read-transfer";
import { startUndo } from "@/services/transfers/start-undo";
import { type CsvWords, transferCsv } from "@/services/transfers/write-csv";
import { rowsTelling } from "../../support/rows-telling";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";
import { previewAll, transferAll } from "./transfer";

let world: SyncWorld;
let runId: string;
let erased: string;
beforeAll(async () => {
  world = await openSyncWorld({ integration: { policy: "snov_wins" } });
  for (const name of ["Ada", "Ana", "Bia"])
    await world.addProspect({ emails: [`${name}@example.com`], first_name: name, job_title: '=1+"1"' });
  erased = await world.addProspect({ emails: ["zoe@example.com"], first_name: "Zoe", last_name: "Priór" });
  await world.addContact({ email: "ada@example.com", firstname: "Ada", jobtitle: "CTO" });
  runId = await previewAll(world);
  await transferAll(world, runId);
});
afterAll(() => world.close());

const key = (known: string) => known;
const words: CsvWords = {
  heading: (column) => `The ${column}`,
  side: key,
  planned: key,
  outcome: key,
  reason: key,
  label: (_side, field, fallback) => `${fallback} (${field})`,
  value: (_side, _field, value) => value,
  yes: "yes",
};
const everything = {
  fromSnov: true,
  fromHubspot: true,
  prospects: { kind: "all" as const },
  contacts: { kind: "all" as const },
  preview: noPreview,
};
const stranger = () => ({ ...world.ctx, workspaceId: randomUUID() });

describe("a transfer that has run (Verifies: R-52)", () => {
  it("is shown with what became of its records", async () => {
    expect(await readTransfer({ ctx: world.ctx, input: { runId } })).toMatchObject({
      state: "finished",
      total: 4,
      done: { created: 3, updated: 1 },
      lastMinute: 4,
      asked: 0,
      startedBy: "Ana",
    });
    const { transfers } = await listTransfers({
      ctx: world.ctx,
      input: { integrationId: world.integrationId },
    });
    expect(transfers).toMatchObject([{ runId, state: "finished" }]);
  });

  it("tells how fast it goes without counting its records, of which there may be a million", async () => {
    await world.db
      .update(runItems)
      .set({ at: new Date(0) })
      .where(eq(runItems.runId, runId));
    expect(await readTransfer({ ctx: world.ctx, input: { runId } })).toMatchObject({ lastMinute: 4 });
  });

  it("shows what its new records were given (Verifies: R-51)", async () => {
    const { items } = await readItems({ ctx: world.ctx, input: { runId, planned: "create", search: "Bia" } });
    expect(
      items.map(({ changes }) => changes.map(({ field, before, after }) => [field, before, after])),
    ).toEqual([
      [["firstname", null, "Bia"], ["email", null, "Bia@example.com"], ["jobtitle", null, '=1+"1"'], ...[]],
    ]);
  });

  it("is searched by outcome, by what it replaced and by name, page by page", async () => {
    const names = async (input: object, length?: number) =>
      (
        await readItems({ ctx: world.ctx, input: { runId, ...input }, ...(length ? { length } : {}) })
      ).items.map(({ name }) => name);
    expect(await names({ outcome: "created" })).toEqual(["Ana", "Bia", "Zoe Priór"]);
    expect(await names({ overwrites: "true" })).toEqual(["Ada"]);
    expect(await names({ search: "A" })).toEqual(["Ada", "Ana"]);
    expect(await names({ search: "àN" })).toEqual(["Ana"]);
    const first = await readItems({ ctx: world.ctx, input: { runId }, length: 2 });
    expect(first.items.map(({ name }) => name)).toEqual(["Ada", "Ana"]);
    expect(await names({ ...first.next }, 2)).toEqual(["Bia", "Zoe Priór"]);
  });

  it("is searched by the begin of any word of a name, and by either side's addresses", async () => {
    const names = async (search: string) =>
      (await readItems({ ctx: world.ctx, input: { runId, search } })).items.map(({ name }) => name);
    expect(await names("prior")).toEqual(["Zoe Priór"]);
    expect(await names("pri zo")).toEqual(["Zoe Priór"]);
    expect(await names("oe")).toEqual([]);
    expect(await names("bia@example.com")).toEqual(["Bia"]);
    expect(await names("zoe@ex")).toEqual(["Zoe Priór"]);
    expect(await names(" @ ")).toHaveLength(4);
  });

  it("is searched by the first hundred characters of a longer text, without what the database cannot keep", async () => {
    const names = async (search: string) =>
      (await readItems({ ctx: world.ctx, input: { runId, search } })).items.map(({ name }) => name);
    expect(await names(`Bia ${"x".repeat(200)}`)).toEqual([]);
    expect(await names(`Bia${" ".repeat(100)}Zoe`)).toEqual(["Bia"]);
    expect(await names("B\u0000ia")).toEqual(["Bia"]);
  });

  it("is written as CSV that no spreadsheet takes for formulas", async () => {
    const csv = {
      ctx: world.ctx,
      words,
      linkOf: ({ side }: { side: string }) => `/of/${side}`,
    };
    let text = "";
    for await (const part of transferCsv({ ...csv, input: { runId, planned: "update" } })) text += part;
    const [head, line, ...rest] = text.trimEnd().split("\r\n");
    expect(head).toMatch(/^The record,The link,The side,The id,The planned,The outcome,The reason/);
    expect(line).toMatch(
      /^Ada,\/of\/snov,snov,[0-9a-f-]+,update,updated,,,hubspot,Job title \(jobtitle\),CTO,"'=1\+""1"""$/,
    );
    expect(rest).toEqual([]);
  });

  it("is told to whoever asks afterwards, once, and not to those who begin to listen", async () => {
    const before = new Date(Date.now() - 60_000).toISOString();
    const first = await readEnded({ ctx: world.ctx, input: {} });
    expect(first.ended).toEqual([]);
    const { ended } = await readEnded({ ctx: world.ctx, input: { since: before } });
    expect(ended).toMatchObject([{ runId, accountName: "Sandbox", isUndo: false, reached: 4, failing: 0 }]);
    const since = new Date().toISOString();
    expect((await readEnded({ ctx: world.ctx, input: { since } })).ended).toEqual([]);
    expect((await readEnded({ ctx: stranger(), input: { since: before } })).ended).toEqual([]);
  });

  it("is told of the latest where more have ended than anybody reads, but of no change that was undone alone", async () => {
    const since = new Date(Date.now() + 60_000);
    const ended = (place: number) => ({ finishedAt: new Date(since.getTime() + 1_000 * (place + 1)) });
    const changed = { kind: "change" as const, activityId: 1, recordName: "Ada", at: "" };
    const many = Array.from({ length: 23 }, (_, place) => place);
    const added = await world.db
      .insert(runs)
      .values(
        many.map((place) => ({
          integrationId: world.integrationId,
          kind: "transfer" as const,
          state: "finished" as const,
          ...ended(place),
        })),
      )
      .returning({ runId: runs.id });
    await world.db.insert(transfers).values(
      added.map((run, place) => ({
        ...run,
        ...everything,
        undoesChanges: place === 21 ? changed : null,
      })),
    );
    const { ended: told } = await readEnded({ ctx: world.ctx, input: { since: since.toISOString() } });
    const expected = added.map((run) => run.runId).filter((_, place) => place !== 21);
    expect(told.map((run) => run.runId)).toEqual(expected.slice(-20));
    for (const run of added) await world.db.delete(runs).where(eq(runs.id, run.runId));
  });

  it("is nothing to another workspace", async () => {
    const ctx = stranger();
    await expect(readTransfer({ ctx, input: { runId } })).rejects.toMatchObject({ code: "not_found" });
    await expect(readItems({ ctx, input: { runId } })).rejects.toMatchObject({ code: "not_found" });
    await expect(transferCsv({ ctx, input: { runId }, words, linkOf: String }).next()).rejects.toMatchObject({
      code: "not_found",
    });
    const { transfers } = await listTransfers({ ctx, input: { integrationId: world.integrationId } });
    expect(transfers).toEqual([]);
  });

  it("tells nothing of who is erased afterwards", async () => {
    await world.db.transaction((tx) =>
      forgetErased(tx, world.ctx.workspaceId, { prospectIds: [erased], contacts: [], keptIds: [] }),
    );
    for (const word of ["Zoe", "zoe"])
      expect((await rowsTelling(world.db, word)).filter((row) => row.includes("run_items"))).toEqual([]);
  });

  it("keeps the place of who is erased, so that its pages go on after it", async () => {
    const seen: string[] = [];
    let after: Awaited<ReturnType<typeof readItems>>["next"] = null;
    do {
      const page = await readItems({ ctx: world.ctx, input: { runId, ...after }, length: 1 });
      seen.push(...page.items.map(({ name }) => name));
      after = page.next;
    } while (after);
    expect(seen).toEqual(["", "Ada", "Ana", "Bia"]);
  });
});

describe("a preview that nobody has allowed yet (Verifies: R-51)", () => {
  it("tells whose preview took its place, be it of a transfer or of an undo", async () => {
    const { integrationId } = world;
    const shown = async (id: string) => await readTransfer({ ctx: world.ctx, input: { runId: id } });
    const first = await previewAll(world);
    expect(await shown(first)).toMatchObject({ state: "previewed", replacedBy: null });
    const undo = await startUndo({ ctx: { ...world.ctx, userName: "Bea" }, input: { runId } });
    const byUndo = { runId: undo.runId, name: "Bea" };
    expect(await shown(first)).toMatchObject({ state: "cancelled", replacedBy: byUndo });
    const third = await previewAll(world);
    expect(await shown(undo.runId)).toMatchObject({ replacedBy: { runId: third, name: "Ana" } });
    await cancelTransfer({ ctx: world.ctx, input: { runId: third } });
    expect(await shown(third)).toMatchObject({ state: "cancelled", replacedBy: null });
    expect((await listTransfers({ ctx: world.ctx, input: { integrationId } })).transfers).toHaveLength(4);
  });
});

describe("a transfer of people with long names (Verifies: R-51, R-52)", () => {
  it("is shown page by page however long names are, in the list and in the file", async () => {
    const long = "Éa".repeat(400);
    const longRunId = await previewAll(world);
    const input = { runId: longRunId, outcome: "created" as const };
    await world.db.insert(runItems).values(
      Array.from({ length: 1_010 }, (_, n) => ({
        runId: longRunId,
        side: "snov" as const,
        recordId: String(n).padStart(4, "0"),
        outcome: "created" as const,
        name: `${long} ${n}`,
        planned: "create" as const,
        changes: [],
      })),
    );
    const first = await readItems({ ctx: world.ctx, input, length: 1_000 });
    expect(first.items).toHaveLength(1_000);
    const second = await readItems({ ctx: world.ctx, input: { ...input, ...first.next } });
    expect(second.items.map(({ recordId }) => recordId)).toEqual(
      Array.from({ length: 10 }, (_, n) => `${1_000 + n}`),
    );
    expect(second.next).toBeNull();
    let text = "";
    const csv = transferCsv({ ctx: world.ctx, input, words, linkOf: String });
    for await (const part of csv) text += part;
    const ids = text
      .trimEnd()
      .split("\r\n")
      .slice(1)
      .map((line) => line.split(",")[3]);
    expect(new Set(ids).size).toBe(1_010);
    expect(ids).toHaveLength(1_010);
    await cancelTransfer({ ctx: world.ctx, input: { runId: longRunId } });
  });
});

describe("an old transfer that was tried again (Verifies: R-52)", () => {
  it("is told as the open one, however many were started after it", async () => {
    const { integrationId } = world;
    const list = () => listTransfers({ ctx: world.ctx, input: { integrationId } });
    expect((await list()).open).toBeNull();
    const old = await previewAll(world);
    await world.db
      .update(runs)
      .set({ startedAt: new Date("2026-01-01") })
      .where(eq(runs.id, old));
    const page = await list();
    const later = Array.from({ length: 25 }, () => ({ integrationId, kind: "transfer" as const }));
    const ended = await world.db
      .insert(runs)
      .values(later.map((run) => ({ ...run, state: "cancelled" as const, finishedAt: new Date() })))
      .returning({ runId: runs.id });
    await world.db.insert(transfers).values(ended.map((run) => ({ ...run, ...everything })));
    const { transfers: shown, open } = await list();
    expect(page.open).toMatchObject({ runId: old });
    expect(shown.map(({ runId }) => runId)).not.toContain(old);
    expect(open).toMatchObject({ runId: old, finishedAt: null });
    expect((await listTransfers({ ctx: stranger(), input: { integrationId } })).open).toBeNull();
  });
});
