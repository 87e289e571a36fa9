// A preview shows what a transfer would do, and does none of it.
import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { integrations } from "@/db/schema/integrations";
import { listMembers } from "@/db/schema/prospects";
import { recordLinks } from "@/db/schema/sync";
import { createList } from "@/services/prospects/create-list";
import { trashList } from "@/services/prospects/trash-list";
import { readTransfer } from "@/services/transfers/read-transfer";
import { startPreview } from "@/services/transfers/start-preview";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";
import { peopleOf } from "./people";
import { itemsOf, previewAll, previewPage, transferOf } from "./transfer";

let world: SyncWorld;
let people: ReturnType<typeof peopleOf>;
beforeAll(async () => {
  world = await openSyncWorld();
  people = peopleOf(world);
});
afterAll(() => world.close());
afterEach(() => people.clean());

describe("a preview (Verifies: R-51)", () => {
  it("counts what would become of every record, and writes nothing", async () => {
    await people.prospect("Alone");
    await people.prospect("Alike");
    await people.contact("Alike");
    const fills = await people.prospect("Fills", { job_title: "CEO" });
    await people.contact("Fills");
    await people.prospect("Differs", { job_title: "CEO" });
    await people.contact("Differs", { jobtitle: "CTO" });
    await people.contact("Theirs");
    await world.addProspect({ first_name: "Nameless" });
    const before = await world.contacts();

    const runId = await previewAll(world);
    const { preview, state } = await transferOf(world, runId);
    expect(state).toBe("previewed");
    expect(preview).toMatchObject({
      seen: 6,
      create: { hubspot: 1, snov: 1 },
      update: 1,
      conflict: 1,
      equal: 1,
      skip: { no_email: 1 },
      fields: { "hubspot:jobtitle": 1 },
      overwrites: 0,
    });
    expect((await itemsOf(world, runId)).find(({ recordId }) => recordId === fills)).toMatchObject({
      planned: "update",
      changes: [{ side: "hubspot", field: "jobtitle", before: null, after: "CEO" }],
    });
    expect(await world.contacts()).toEqual(before);
    expect(await world.db.select().from(recordLinks)).toEqual([]);
  });

  it("does not say of a record that was deleted just now that its partner stays", async () => {
    const id = await people.prospect("Ada");
    await world.notice("snov", id);
    await world.reconcile();
    await world.archiveContact(await world.contactOf(id));
    const runId = await previewAll(world);
    expect(await transferOf(world, runId)).toMatchObject({ preview: { skip: { removed_meanwhile: 1 } } });
    expect(await itemsOf(world, runId)).toMatchObject([
      { planned: "skip", outcome: "excluded", detail: { reason: "removed_meanwhile" } },
    ]);
    await world.notice("snov", id);
    await world.reconcile();
    expect((await world.prospectByEmail("ada@example.com"))?.deletedAt).not.toBeNull();
  });

  it("shows what policies would replace, apart", async () => {
    await world.configure({ policy: "snov_wins" });
    await people.prospect("Ada", { job_title: "CEO" });
    await people.contact("Ada", { jobtitle: "CTO" });
    const runId = await previewAll(world);
    expect(await transferOf(world, runId)).toMatchObject({ preview: { overwrites: 1, update: 1 } });
    expect(await itemsOf(world, runId)).toMatchObject([
      { changes: [{ side: "hubspot", before: "CTO", after: "CEO" }] },
    ]);
  });

  it("takes one direction alone, and chosen lists", async () => {
    await people.prospect("Ours");
    await people.contact("Theirs");
    const out = await previewAll(world, { fromHubspot: false });
    expect(await itemsOf(world, out)).toMatchObject([{ side: "snov", planned: "create" }]);
    const lists = await previewAll(world, {
      fromHubspot: false,
      prospects: { kind: "lists", ids: [world.listId] },
    });
    expect(await itemsOf(world, lists)).toEqual([]);
    expect(await transferOf(world, out)).toMatchObject({ state: "cancelled" });
  });

  it("takes nobody more from a chosen list that is deleted meanwhile", async () => {
    const list = await createList({ ctx: world.ctx, input: { name: "Leads" } });
    const id = await people.prospect("Ours");
    await world.db.insert(listMembers).values({ listId: list.id, prospectId: id });
    const chosen = { fromHubspot: false, prospects: { kind: "lists" as const, ids: [list.id] } };
    expect(await itemsOf(world, await previewAll(world, chosen))).toHaveLength(1);
    const { runId } = await startPreview({
      ctx: world.ctx,
      input: { integrationId: world.integrationId, fromSnov: true, ...chosen },
    });
    await trashList({ ctx: world.ctx, input: { id: list.id, despiteTransfer: true } });
    while ((await previewPage(world.ctx, runId)).more);
    expect(await itemsOf(world, runId)).toEqual([]);
    expect(await transferOf(world, runId)).toMatchObject({ state: "previewed" });
  });

  it("names the other accounts to which what it brings into Snov.io goes on", async () => {
    const other = await world.addIntegration(99);
    await people.contact("Theirs");
    const read = async (runId: string) => (await readTransfer({ ctx: world.ctx, input: { runId } })).onward;
    const shown = await previewAll(world);
    expect(await read(shown)).toEqual(["Sandbox"]);
    expect(await read(await previewAll(world, { fromHubspot: false }))).toEqual([]);
    await world.db.update(integrations).set({ syncType: "to_snov" }).where(eq(integrations.id, other));
    expect(await read(await previewAll(world))).toEqual([]);
    await world.db.delete(integrations).where(eq(integrations.id, other));
  });

  it("leaves out a chosen HubSpot list that was deleted meanwhile, and says so", async () => {
    const lists = "/crm/lists/2026-03";
    const [deleted, kept] = await Promise.all(
      ["Deleted", "Kept"].map(async (name) => {
        const list = { name, objectTypeId: "0-1", processingType: "MANUAL" };
        const { body } = await world.sandbox.call<{ list: { listId: string } }>("POST", lists, list);
        return body.list.listId;
      }),
    );
    if (!deleted || !kept) throw new Error("expected two lists");
    await world.sandbox.call("PUT", `${lists}/${kept}/memberships/add`, [
      (await people.contact("Theirs")).id,
    ]);
    await world.sandbox.call("DELETE", `${lists}/${deleted}`);
    const runId = await previewAll(world, {
      fromSnov: false,
      contacts: { kind: "lists", ids: [deleted, kept] },
    });
    expect(await transferOf(world, runId)).toMatchObject({
      state: "previewed",
      preview: { seen: 1, create: { snov: 1 }, goneLists: [deleted] },
    });
  });
});
