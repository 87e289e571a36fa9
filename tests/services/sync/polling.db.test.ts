// A poll that meets trouble costs time, never a change: it keeps its place, and one list or one half of it that
// fails leaves the rest alone.
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connections } from "@/db/schema/connections";
import { integrations } from "@/db/schema/integrations";
import { rateBudgets } from "@/db/schema/rates";
import { pendingRecords, seenContacts } from "@/db/schema/sync";
import { env } from "@/lib/env";
import en from "@/messages/en.json";
import ptBr from "@/messages/pt-BR.json";
import { readOverview } from "@/services/integrations/read-overview";
import { readSettings } from "@/services/integrations/read-settings";
import { pollContacts } from "@/services/sync/poll-contacts";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";

let world: SyncWorld;
beforeAll(async () => {
  world = await openSyncWorld();
});
afterAll(() => world.close());

const poll = (ms?: number) => pollContacts(world.ctx, world.integrationId, { ms });
const lists = "/crm/lists/2026-03";
const stored = async () => {
  const [row] = await world.db.select().from(integrations).where(eq(integrations.id, world.integrationId));
  if (!row) throw new Error("the integration is gone");
  return row;
};
const addList = async (name: string) => {
  const { body } = await world.sandbox.call<{ list: { listId: string } }>("POST", lists, {
    name,
    objectTypeId: "0-1",
    processingType: "MANUAL",
  });
  return body.list.listId;
};
const join = (listId: string, contactId: string) =>
  world.sandbox.call("PUT", `${lists}/${listId}/memberships/add`, [contactId]);

describe("a chosen list that was deleted in HubSpot (Verifies: R-32)", () => {
  let kept: string;
  let deleted: string;

  it("stops neither the search nor the other lists, and is named to people", async () => {
    [deleted, kept] = [await addList("Deleted"), await addList("Kept")];
    await world.configure({ incomingScope: { kind: "lists", ids: [deleted, kept] } });
    await poll();
    const before = await stored();
    await world.sandbox.call("DELETE", `${lists}/${deleted}`);
    const contact = await world.addContact({ email: "joins@example.com", firstname: "Joana" });
    await poll();
    await world.reconcile();
    expect(await world.statusOf(contact.id)).toMatchObject({ reason: "out_of_scope" });

    await join(kept, contact.id);
    expect(await poll()).toEqual({ noticed: 1, more: false });
    await world.reconcile();
    expect(await world.prospectByEmail("joins@example.com")).toMatchObject({ firstName: "Joana" });
    expect((await stored()).polledUntil?.getTime()).toBeGreaterThan(before.polledUntil?.getTime() ?? 0);
    expect(await readOverview({ ctx: world.ctx, input: { id: world.integrationId } })).toMatchObject({
      goneLists: [deleted],
    });
    expect(
      await readSettings({ ctx: world.ctx, input: { integrationId: world.integrationId } }),
    ).toMatchObject({ goneLists: [deleted] });
    await world.configure({ goneLists: [] });
  });

  it("is named also where HubSpot does not answer for a later one, and stays so where that is asked first", async () => {
    for (const ids of [
      [deleted, kept],
      [kept, deleted],
    ]) {
      await world.configure({ incomingScope: { kind: "lists", ids } });
      await world.sandbox.control("PUT", "/faults", {
        failNext: { count: 99, status: 502, match: `/lists/2026-03/${kept}/memberships` },
      });
      await expect(poll()).rejects.toMatchObject({ kind: "transient" });
      expect(await stored()).toMatchObject({ goneLists: [deleted] });
      await world.sandbox.control("PUT", "/faults", {});
    }
  });

  it("is named no longer once nobody chooses it, or HubSpot has it again", async () => {
    await world.configure({ incomingScope: { kind: "lists", ids: [kept] } });
    expect(
      await readSettings({ ctx: world.ctx, input: { integrationId: world.integrationId } }),
    ).toMatchObject({ goneLists: [] });

    await world.configure({ goneLists: [kept] });
    await poll();
    expect(await stored()).toMatchObject({ goneLists: [] });
  });
});

describe("a poll of more than one page (Verifies: R-72)", () => {
  it("goes on after the last page that was saved, in the window it was in", async () => {
    await world.sandbox.control("POST", `/accounts/${String((await account()).portalId)}/contacts/load`, {
      count: 450,
    });
    await world.configure({
      incomingScope: { kind: "all" },
      launchedAt: new Date(0),
      polledUntil: null,
      goneLists: [],
    });
    for (const table of [pendingRecords, seenContacts]) await world.db.delete(table);
    expect(await poll(0)).toEqual({ noticed: 200, more: true });
    const { pollWindow } = await stored();

    await world.sandbox.control("PUT", "/faults", { failNext: { count: 99, status: 502, match: "/search" } });
    await expect(poll(0)).rejects.toMatchObject({ kind: "transient" });
    await world.sandbox.control("PUT", "/faults", {});
    expect(await stored()).toMatchObject({ pollWindow, polledUntil: null });

    await world.sandbox.control("DELETE", "/counters");
    expect(await poll(0)).toEqual({ noticed: 200, more: true });
    expect(await poll(0)).toMatchObject({ more: false });
    expect(await searches()).toBe(2);
    const contacts = (await account()).contacts;
    expect(await world.pending()).toHaveLength(contacts);
    expect(await stored()).toMatchObject({
      pollWindow: null,
      polledUntil: new Date(pollWindow?.until ?? 0),
    });
  });

  it("brings who joined a list although the search fails", async () => {
    const listId = await addList("Joined");
    const contact = await world.addContact({ email: "late@example.com", firstname: "Lia" });
    await world.configure({ incomingScope: { kind: "lists", ids: [listId] }, launchedAt: new Date(0) });
    await join(listId, contact.id);
    await world.db.delete(pendingRecords);
    await world.sandbox.control("PUT", "/faults", { failNext: { count: 99, status: 502, match: "/search" } });
    await expect(poll()).rejects.toMatchObject({ kind: "transient" });
    await world.sandbox.control("PUT", "/faults", {});
    expect(await world.pending()).toMatchObject([{ side: "hubspot", recordId: contact.id }]);
  });

  it("keeps since when it fails and why, until it works again", async () => {
    const failing = (status: number) =>
      world.sandbox.control("PUT", "/faults", { failNext: { count: 99, status, match: "/search" } });
    await failing(503);
    await expect(poll()).rejects.toThrow();
    const first = (await stored()).pollFault;
    expect(first).toEqual({ kind: "no_answer", since: expect.any(String), reference: expect.any(String) });
    expect(Math.abs(Date.now() - Date.parse(first?.since ?? ""))).toBeLessThan(60_000);
    await failing(400);
    await expect(poll()).rejects.toThrow();
    expect((await stored()).pollFault).toMatchObject({ since: first?.since, kind: "refused" });
    await world.sandbox.control("PUT", "/faults", {});
    await poll();
    expect((await stored()).pollFault).toBeNull();
  });

  it.each([
    [477, "moving"],
    [423, "locked"],
    [522, "unreachable"],
  ])(
    "calls a pause after %i by its reason, also where no call is made for it, and never a limit",
    async (status, kind) => {
      await world.sandbox.control("PUT", "/faults", { failNext: { count: 1, status, match: "/search" } });
      await expect(poll()).rejects.toMatchObject({ kind: "transient", status });
      expect((await stored()).pollFault).toMatchObject({ kind });
      await world.db.update(rateBudgets).set({ pausedUntil: sql`now() + interval '1 hour'` });
      await expect(poll()).rejects.toMatchObject({ kind: "transient", status: undefined });
      expect((await stored()).pollFault).toMatchObject({ kind });
      await world.db.delete(rateBudgets);
      await poll();
      expect((await stored()).pollFault).toBeNull();
    },
  );

  it("calls wrong credentials of our app by their name: no account is to be reconnected for them", async () => {
    await world.sandbox.control("PUT", "/faults", { wrongClientSecret: true });
    await world.db.update(connections).set({ expiresAt: new Date() });
    await expect(poll()).rejects.toMatchObject({ category: "BAD_CLIENT_SECRET" });
    expect((await stored()).pollFault).toMatchObject({ kind: "app_refused" });
    for (const { overview } of [en, ptBr]) {
      expect(overview.sourceFault.app_refused).toMatch(/administra(tor|dor): .*(credentials|credenciais)/);
      expect(overview.sourceFault.app_refused).not.toMatch(/[A-Z]{2,}_/);
    }
    await world.sandbox.control("PUT", "/faults", {});
    await world.db.update(connections).set({ refreshAgainAt: null });
    await poll();
    expect((await stored()).pollFault).toBeNull();
  });
});

describe("a part of a poll that fails for an unforeseen reason (Verifies: R-72)", () => {
  const pushed = (isPushed: boolean) =>
    Object.assign(env(), { SANDBOX_URL: isPushed ? "http://127.0.0.1:1" : undefined });

  it.each([
    {
      part: "the properties that are in doubt",
      begin: async () => {
        await world.hubspot.properties.create({ name: "odd", label: "Odd", type: "text", options: [] });
        await world.db.execute(
          "alter table hubspot_properties add constraint no_odd_one check (name <> 'odd')",
        );
        await world.db.update(connections).set({ openDoubtAt: new Date(), propertiesDoubtedAt: null });
      },
      end: "alter table hubspot_properties drop constraint no_odd_one",
    },
    {
      part: "what no webhook had told",
      begin: async () => {
        pushed(true);
        await world.db.execute("alter table change_notices rename column record_id to elsewhere");
      },
      end: "alter table change_notices rename column elsewhere to record_id",
    },
  ])("leaves the others their turn: $part", async ({ begin, end }) => {
    const listId = await addList(crypto.randomUUID());
    const contact = await world.addContact({ email: `${listId}@example.com`, firstname: "Lis" });
    await world.configure({ incomingScope: { kind: "lists", ids: [listId] } });
    await join(listId, contact.id);
    await world.db.delete(pendingRecords);
    await begin();
    await expect(poll()).rejects.not.toMatchObject({ name: "RemoteError" });
    await world.db.execute(end);
    pushed(false);
    expect((await stored()).pollFault).toMatchObject({ kind: "unforeseen" });
    expect((await world.pending()).map(({ recordId }) => recordId)).toContain(contact.id);
    await poll();
    expect((await stored()).pollFault).toBeNull();
  });
});

type State = {
  accounts: { portalId: number; contacts: number; installed: unknown }[];
  requests: Record<string, { requests: number }>;
};
const state = async () => (await world.sandbox.control<State>("GET", "/state")).body;

async function account() {
  const [found] = (await state()).accounts.filter(({ installed }) => installed);
  if (!found) throw new Error("the app is installed nowhere");
  return found;
}

async function searches(): Promise<number> {
  const { requests } = await state();
  return Object.entries(requests)
    .filter(([operation]) => operation.includes("contacts/search"))
    .reduce((sum, [, row]) => sum + row.requests, 0);
}
