import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { listsWithCounts, trashedLists } from "@/db/queries/lists";
import { runs } from "@/db/schema/runs";
import { activities, pendingRecords } from "@/db/schema/sync";
import { transfers } from "@/db/schema/transfers";
import type { Ctx } from "@/services/context";
import { changeLists } from "@/services/prospects/change-lists";
import { createList } from "@/services/prospects/create-list";
import { createProspect } from "@/services/prospects/create-prospect";
import { readListUses } from "@/services/prospects/read-list-uses";
import { renameList } from "@/services/prospects/rename-list";
import { restoreList } from "@/services/prospects/restore-list";
import { trashList } from "@/services/prospects/trash-list";
import { trashProspects } from "@/services/prospects/trash-prospects";
import { noPreview } from "@/services/transfers/preview-counts";
import { openWorkshop, type Workshop } from "./workshop";

let shop: Workshop;
let ctx: Ctx;
let stranger: Ctx;

beforeAll(async () => {
  shop = await openWorkshop();
});
afterAll(() => shop.close());
beforeEach(async () => {
  ctx = await shop.member("member");
  stranger = await shop.member();
  shop.woken.length = 0;
});

const list = (name: string, as = ctx) => createList({ ctx: as, input: { name } });
const prospect = (first_name: string, listIds: string[] = [], as = ctx) =>
  createProspect({ ctx: as, input: { values: { first_name }, listIds } });

test("a name is given once among live lists, whatever its case", async () => {
  const leads = await list("Leads");
  await expect(list("LEADS")).rejects.toMatchObject({ details: { reason: "list_name_taken" } });
  const other = await list("Other");
  await expect(renameList({ ctx, input: { id: other.id, name: "leads" } })).rejects.toMatchObject({
    details: { reason: "list_name_taken" },
  });
  await renameList({ ctx, input: { id: leads.id, name: "Hot leads" } });
  await expect(list("Leads")).resolves.toHaveProperty("id");
});

test("counts hold live prospects only", async () => {
  const leads = await list("Leads");
  await prospect("Ana", [leads.id]);
  const { id } = await prospect("Bia", [leads.id]);
  expect(await listsWithCounts(shop.db, ctx.workspaceId)).toMatchObject([{ name: "Leads", members: 2 }]);
  await trashProspects({ ctx, input: { ids: [id] } });
  expect(await listsWithCounts(shop.db, ctx.workspaceId)).toMatchObject([{ name: "Leads", members: 1 }]);
});

test("moving tells before and after, marks the moved ones pending and leaves the others alone", async () => {
  const integrationId = await shop.integration(ctx.workspaceId);
  const [a, b] = [await list("A"), await list("B")];
  const moved = await prospect("Ana", [a.id]);
  const already = await prospect("Bia", [b.id]);
  await shop.db.delete(pendingRecords);
  shop.woken.length = 0;

  const input = { ids: [moved.id, already.id], add: [b.id], remove: [a.id] };
  expect(await changeLists({ ctx, input })).toEqual({ changed: 1 });
  const rows = await shop.db.select().from(pendingRecords);
  expect(rows).toMatchObject([{ integrationId, recordId: moved.id }]);
  expect(shop.woken).toEqual([[integrationId]]);
  const entries = await shop.db.select().from(activities).where(eq(activities.prospectId, moved.id));
  expect(entries.at(-1)).toMatchObject({
    kind: "prospect/lists_changed",
    changes: [{ field: "lists", before: ["A"], after: ["B"] }],
  });
});

test("another workspace's lists and prospects behave as if they did not exist", async () => {
  const theirs = await list("Theirs", stranger);
  const mine = await list("Mine");
  const foreign = await prospect("Eva", [], stranger);
  const { id } = await prospect("Ana");
  for (const refused of [
    () => changeLists({ ctx, input: { ids: [id], add: [theirs.id] } }),
    () => changeLists({ ctx, input: { ids: [foreign.id], add: [mine.id] } }),
    () => renameList({ ctx, input: { id: theirs.id, name: "Mine now" } }),
    () => trashList({ ctx, input: { id: theirs.id } }),
  ]) {
    await expect(refused()).rejects.toMatchObject({ code: "not_found" });
  }
});

test("a list that an integration receives into or sends from stays, and the refusal names the integration", async () => {
  const [receiving, outgoing, free] = [await list("In"), await list("Out"), await list("Free")];
  await shop.integration(ctx.workspaceId, {
    receivingListId: receiving.id,
    outgoingScope: { kind: "lists", ids: [outgoing.id] },
  });
  await expect(trashList({ ctx, input: { id: receiving.id } })).rejects.toMatchObject({
    code: "in_use",
    details: { reason: "list_receives", values: { integration: "Acme", list: "In" } },
  });
  await expect(trashList({ ctx, input: { id: outgoing.id } })).rejects.toMatchObject({
    details: { reason: "list_in_scope" },
  });
  await trashList({ ctx, input: { id: free.id } });
  expect(await trashedLists(shop.db, ctx.workspaceId)).toMatchObject([{ name: "Free" }]);
});

test("a list that a running transfer takes is deleted only by who was told, with how far it is (Verifies: R-06)", async () => {
  const taken = await list("Taken");
  const integrationId = await shop.integration(ctx.workspaceId);
  const [transfer] = await shop.db
    .insert(runs)
    .values({ integrationId, kind: "transfer", state: "running" })
    .returning();
  const preview = { ...noPreview, seen: 5, create: { snov: 0, hubspot: 3 }, update: 1 };
  await shop.db.insert(transfers).values({
    runId: transfer?.id ?? "",
    fromSnov: true,
    fromHubspot: false,
    prospects: { kind: "lists", ids: [taken.id] },
    contacts: { kind: "all" },
    preview,
    done: { created: 1 },
  });
  const uses = () => readListUses({ ctx, input: { id: taken.id } });
  expect(await uses()).toEqual({
    integrations: [],
    transfers: [
      {
        runId: transfer?.id,
        integrationId,
        accountName: "Acme",
        state: "running",
        reached: 1,
        total: 4,
      },
    ],
  });
  await expect(readListUses({ ctx: stranger, input: { id: taken.id } })).rejects.toMatchObject({
    code: "not_found",
  });
  await expect(trashList({ ctx, input: { id: taken.id } })).rejects.toMatchObject({
    code: "in_use",
    details: { reason: "list_in_transfer", values: { integration: "Acme", list: "Taken" } },
  });

  await shop.db.update(runs).set({ state: "previewed" });
  expect(await uses()).toMatchObject({ transfers: [{ state: "previewed", total: 4 }] });
  await shop.db.update(runs).set({ state: "finished", finishedAt: new Date() });
  expect(await uses()).toEqual({ integrations: [], transfers: [] });
  await shop.db.update(runs).set({ state: "running", finishedAt: null });
  await trashList({ ctx, input: { id: taken.id, despiteTransfer: true } });
  expect(await trashedLists(shop.db, ctx.workspaceId)).toMatchObject([{ name: "Taken" }]);
});

test("a disconnected integration does not hold a list", async () => {
  const old = await list("Old");
  await shop.integration(ctx.workspaceId, { receivingListId: old.id, disconnectedAt: new Date() });
  await expect(trashList({ ctx, input: { id: old.id } })).resolves.toBeUndefined();
});

test("a restored list has its prospects again, under another name where its own is taken", async () => {
  const leads = await list("Leads");
  await prospect("Ana", [leads.id]);
  await trashList({ ctx, input: { id: leads.id } });
  await list("Leads");
  await expect(restoreList({ ctx, input: { id: leads.id } })).rejects.toMatchObject({
    details: { reason: "list_name_taken" },
  });
  await restoreList({ ctx, input: { id: leads.id, name: "Leads (2)" } });
  const lists = await listsWithCounts(shop.db, ctx.workspaceId);
  expect(lists.map(({ name, members }) => [name, members])).toEqual([
    ["Leads", 0],
    ["Leads (2)", 1],
  ]);
  await expect(restoreList({ ctx: stranger, input: { id: leads.id } })).rejects.toMatchObject({
    code: "not_found",
  });
});
