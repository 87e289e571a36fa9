// One change, or what a record went through in a day, is undone as a transfer is: previewed, and only where nobody has changed it since.
import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { erasedContacts } from "@/db/schema/safety";
import { activities, unconfirmedWrites } from "@/db/schema/sync";
import { transfers } from "@/db/schema/transfers";
import { rememberErased } from "@/services/sync/erased-addresses";
import { allowTransfer } from "@/services/transfers/allow-transfer";
import { startUndo } from "@/services/transfers/start-undo";
import { transferPage } from "@/services/transfers/transfer-page";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";
import { itemsOf, runAll, transferAll, transferOf } from "./transfer";
import { undoing } from "./undo";

let world: SyncWorld;
let story: ReturnType<typeof undoing>;
beforeAll(async () => {
  world = await openSyncWorld();
  story = undoing(world);
});
afterAll(() => world.close());
afterEach(() => story.clean());

const today = () => ({
  from: new Date(Date.now() - 12 * 3_600_000).toISOString(),
  to: new Date(Date.now() + 12 * 3_600_000).toISOString(),
});

const told = async (runId: string) =>
  (await world.db.select().from(activities).where(eq(activities.runId, runId)))
    .filter(({ side }) => side)
    .map(({ side, changes, cause }) => [side, changes[0]?.before, changes[0]?.after, cause]);

describe("undoing one change (Verifies: R-78)", () => {
  it("shows what would be put back, puts it back on that side alone, and the sync leaves it so", async () => {
    const { id, contactId } = await story.edited();
    const runId = await story.changePreviewed(await story.lastOn("hubspot", id));
    expect((await itemsOf(world, runId)).map(({ planned, changes }) => [planned, changes])).toEqual([
      ["put_back", [expect.objectContaining({ side: "hubspot", before: "CTO", after: "CEO" })]],
    ]);
    expect(await story.contactTitle(contactId)).toBe("CTO");
    await transferAll(world, runId);
    expect(await told(runId)).toEqual([
      ["hubspot", "CTO", "CEO", { kind: "undo", userId: world.ctx.userId, name: "Ana", of: "change" }],
    ]);
    expect(await story.look(id, contactId)).toMatchObject({ toHubspot: 0, toSnov: 0 });
    expect(await story.contactTitle(contactId)).toBe("CEO");
    expect(await story.rowOf(id)).toMatchObject({ jobTitle: "CTO" });
  });

  it("puts back here alone what a person changed here, and the sync leaves it so", async () => {
    const { id, contactId } = await story.edited();
    const runId = await story.changePreviewed(await story.lastOn("snov", id));
    await transferAll(world, runId);
    expect(await told(runId)).toEqual([["snov", "CTO", "CEO", expect.objectContaining({ kind: "undo" })]]);
    expect(await story.look(id, contactId)).toMatchObject({ toHubspot: 0, toSnov: 0 });
    expect(await story.rowOf(id)).toMatchObject({ jobTitle: "CEO" });
    expect(await story.contactTitle(contactId)).toBe("CTO");
  });

  it("keeps what somebody changed later, and says so", async () => {
    const { id, contactId } = await story.edited();
    const change = await story.lastOn("hubspot", id);
    await world.editContact(contactId, { jobtitle: "Later" });
    await story.look(id, contactId);
    const runId = await story.changePreviewed(change);
    expect(await story.outcomes(runId)).toEqual([["Ada", "excluded", "changed_since"]]);
    expect(await story.contactTitle(contactId)).toBe("Later");
  });

  it("keeps an address where there was none before: it is neither emptied nor told as put back", async () => {
    const id = await story.prospect("Ada");
    await world.editProspect(id, "emails", ["ada@example.com"], null);
    await world.editProspect(id, "emails", [], ["new@example.com"]);
    const change = await story.lastOn("snov", id);
    await world.reconcile();
    const runId = await story.changePreviewed(change);
    expect((await itemsOf(world, runId)).map(({ planned, changes }) => [planned, changes])).toEqual([
      ["skip", [expect.objectContaining({ side: "snov", field: "email", kept: "address_needed" })]],
    ]);
    await transferAll(world, runId);
    expect(await told(runId)).toEqual([]);
    expect(await story.outcomes(runId)).toEqual([["Ada", "excluded", "address_needed"]]);
    expect((await world.prospectByEmail("new@example.com"))?.id).toBe(id);
  });

  it("puts a value back once where the process dies after HubSpot's answer", async () => {
    const { id, contactId } = await story.edited();
    const runId = await story.changePreviewed(await story.lastOn("hubspot", id));
    const send = globalThis.fetch;
    let isDead = false;
    const spy = vi.spyOn(globalThis, "fetch").mockImplementation(async (url, init) => {
      const answer = await send(url, init);
      isDead ||= String(url).endsWith("/batch/update");
      if (isDead) throw new TypeError("no answer");
      return answer;
    });
    await allowTransfer({ ctx: world.ctx, input: { runId } });
    await expect(transferPage(world.ctx, runId)).rejects.toThrow("no answer");
    spy.mockRestore();
    expect(await story.contactTitle(contactId)).toBe("CEO");
    expect(await story.look(id, contactId)).toMatchObject({ toHubspot: 0, toSnov: 0 });
    await runAll(world, runId);
    expect((await told(runId)).map(([side, before, after]) => [side, before, after])).toEqual([
      ["hubspot", "CTO", "CEO"],
    ]);
    expect(await story.rowOf(id)).toMatchObject({ jobTitle: "CTO" });
    expect(await world.db.select().from(unconfirmedWrites)).toEqual([]);
  });

  it("is refused to members, of another workspace's change, and of an undo", async () => {
    const { id } = await story.edited();
    const activityId = await story.lastOn("hubspot", id);
    const input = { integrationId: world.integrationId, activityId };
    await expect(startUndo({ ctx: { ...world.ctx, role: "member" }, input })).rejects.toMatchObject({
      code: "forbidden",
    });
    const visitor = { ...world.ctx, workspaceId: crypto.randomUUID() };
    await expect(startUndo({ ctx: visitor, input })).rejects.toMatchObject({ code: "not_found" });
    await transferAll(world, await story.changePreviewed(activityId));
    const again = { ...input, activityId: await story.lastOn("hubspot", id) };
    await expect(startUndo({ ctx: world.ctx, input: again })).rejects.toMatchObject({ code: "not_found" });
  });

  it("leaves whoever was given the address of somebody erased meanwhile", async () => {
    const { id } = await story.edited({}, "Dora");
    const runId = await story.changePreviewed(await story.lastOn("snov", id));
    await world.db.transaction((tx) => rememberErased(tx, world.ctx.workspaceId, ["erased@example.com"]));
    await world.editProspect(id, "emails", ["dora@example.com"], ["erased@example.com", "dora@example.com"]);
    await transferAll(world, runId);
    expect(await itemsOf(world, runId)).toMatchObject([{ planned: "put_back", outcome: "excluded" }]);
    expect(await story.rowOf(id)).toMatchObject({ jobTitle: "CTO" });
    expect(await told(runId)).toEqual([]);
  });
});

describe("undoing a record's day (Verifies: R-78)", () => {
  it("puts both sides back to before its first change, and keeps on both what somebody typed later", async () => {
    const id = await story.prospect("Ada", { job_title: "CEO", city: "Porto" });
    await world.reconcile();
    const contactId = await world.contactOf(id);
    await world.db.update(activities).set({ at: new Date(Date.now() - 48 * 3_600_000) });
    await world.editProspect(id, "job_title", "CEO", "CTO");
    await world.reconcile();
    await world.editProspect(id, "job_title", "CTO", "CFO");
    await world.reconcile();
    await world.editProspect(id, "city", "Porto", "Lisboa");
    await world.reconcile();
    const day = today();
    await world.editContact(contactId, { city: "Faro" });
    await story.look(id, contactId);
    const runId = await story.changePreviewed(await story.lastOn("hubspot", id), day);
    await transferAll(world, runId);
    expect(await story.contactTitle(contactId)).toBe("CEO");
    expect(await story.rowOf(id)).toMatchObject({ jobTitle: "CEO" });
    expect((await world.contact(contactId)).properties.city).toBe("Faro");
    expect(await story.rowOf(id)).toMatchObject({ city: "Faro" });
    expect((await story.linkOf(id))?.declined.values).toEqual({});
    expect(await story.look(id, contactId)).toMatchObject({ toHubspot: 0, toSnov: 0 });
    await world.editProspect(id, "job_title", "CEO", "COO");
    await world.reconcile();
    expect(await story.contactTitle(contactId)).toBe("COO");
  });

  it("keeps what was shown to stay, also where the reason is gone by the time it runs", async () => {
    const id = await story.prospect("Ada", { job_title: "CEO" });
    const other = await world.addContact({ email: "other@example.com" });
    await world.reconcile();
    const contactId = await world.contactOf(id);
    await world.db.update(activities).set({ at: new Date(Date.now() - 48 * 3_600_000) });
    await world.editProspect(id, "job_title", "CEO", "CTO");
    await world.editProspect(id, "emails", ["ada@example.com"], ["other@example.com"]);
    await world.reconcile();
    const runId = await story.changePreviewed(await story.lastOn("snov", id), today());
    const [item] = await itemsOf(world, runId);
    expect(item?.changes).toContainEqual(expect.objectContaining({ field: "email", kept: "changed_since" }));
    await world.editContact(other.id, { email: "moved@example.com" });
    await transferAll(world, runId);
    expect(await story.contactTitle(contactId)).toBe("CEO");
    expect(await world.prospectByEmail("other@example.com")).toMatchObject({ id });
  });

  it("keeps what was undone once already, and somebody restored", async () => {
    const id = await story.prospect("Ada", { job_title: "CEO" });
    await world.reconcile();
    const contactId = await world.contactOf(id);
    const created = await story.lastOn("hubspot", id);
    await transferAll(world, await story.changePreviewed(created, today()));
    expect(await world.contacts()).toEqual([]);
    await world.restoreContact(contactId);
    await story.look(id, contactId);
    const runId = await story.changePreviewed(created, today());
    expect(await story.outcomes(runId)).toEqual([["Ada", "excluded", "used_once_made"]]);
  });

  it.each([
    ["Snov.io", "snov"],
    ["HubSpot", "hubspot"],
  ] as const)(
    "keeps what it created in %s that day and somebody changed on the same day, and says that",
    async (_, side) => {
      const own =
        side === "snov"
          ? (await world.addContact({ email: "ada@example.com", firstname: "Ada", jobtitle: "CEO" })).id
          : await story.prospect("Ada", { job_title: "CEO" });
      if (side === "snov") await world.notice("hubspot", own);
      await world.reconcile();
      const id = side === "snov" ? ((await world.prospectByEmail("ada@example.com"))?.id ?? "") : own;
      const contactId = await world.contactOf(id);
      if (side === "snov") await world.editProspect(id, "job_title", "CEO", "CTO");
      else await world.editContact(contactId, { jobtitle: "CTO" });
      await story.look(id, contactId);
      const runId = await story.changePreviewed(await story.lastOn(side, id), today());
      expect(await story.outcomes(runId)).toEqual([["Ada", "excluded", "used_once_made"]]);
      expect(await story.rowOf(id)).toMatchObject({ jobTitle: "CTO", deletedAt: null });
      expect(await story.contactTitle(contactId)).toBe("CTO");
    },
  );

  it("keeps what somebody changes that day after it was shown", async () => {
    const id = await story.prospect("Ada", { job_title: "CEO", city: "Porto" });
    await world.reconcile();
    const contactId = await world.contactOf(id);
    await world.db.update(activities).set({ at: new Date(Date.now() - 48 * 3_600_000) });
    await world.editProspect(id, "job_title", "CEO", "CTO");
    await world.editProspect(id, "city", "Porto", "Lisboa");
    await world.reconcile();
    const runId = await story.changePreviewed(await story.lastOn("hubspot", id), today());
    await world.editProspect(id, "city", "Lisboa", "Faro");
    await world.reconcile();
    await transferAll(world, runId);
    expect(await story.rowOf(id)).toMatchObject({ jobTitle: "CEO", city: "Faro" });
    expect((await world.contact(contactId)).properties).toMatchObject({ jobtitle: "CEO", city: "Faro" });
  });

  it("comes to an end where the person is erased meanwhile", async () => {
    const { id, contactId } = await story.edited();
    const runId = await story.changePreviewed(await story.lastOn("hubspot", id), today());
    await world.eraseContact(contactId);
    await world.db.insert(erasedContacts).values({ integrationId: world.integrationId, contactId });
    await world.notice("hubspot", contactId);
    await world.reconcile();
    expect(await story.rowOf(id)).toBeUndefined();
    await transferAll(world, runId);
    expect(await transferOf(world, runId)).toMatchObject({ state: "finished", done: { excluded: 1 } });
    expect((await itemsOf(world, runId))[0]).toMatchObject({ detail: { reason: "gone_since" } });
  });

  it.each([
    ["day", "Bea"],
    ["change", "Cleo"],
  ])("keeps no name of somebody who is erased: a %s", async (of, name) => {
    const { id, contactId } = await story.edited({}, name);
    const runId = await story.changePreviewed(
      await story.lastOn("hubspot", id),
      of === "day" ? today() : undefined,
    );
    const told = async () => {
      const [row] = await world.db.select().from(transfers).where(eq(transfers.runId, runId));
      return row?.undoesChanges;
    };
    expect(await told()).toMatchObject({ kind: of, recordName: expect.any(String) });
    await world.eraseContact(contactId);
    await world.db.insert(erasedContacts).values({ integrationId: world.integrationId, contactId });
    await world.notice("hubspot", contactId);
    await world.reconcile();
    expect(await told()).toMatchObject({ kind: of, recordName: null });
  });
});
