import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { HubspotClient } from "@/connectors/hubspot/client";
import { type SandboxAccount, startSandboxAccount } from "./sandbox-account";

let account: SandboxAccount;
let hubspot: HubspotClient;
beforeAll(async () => {
  account = await startSandboxAccount();
  hubspot = account.open();
});
beforeEach(() => account.faults.set({}));
afterAll(() => account.close());

let serial = 0;
const address = () => `person${++serial}@example.org`;
const newContact = (more: Record<string, string> = {}) => account.newContact({ email: address(), ...more });
const liveIds = async (ids: string[]) => [...(await hubspot.contacts.readByIds(ids, [])).keys()];
const ok = { ok: true };

describe("archiving", () => {
  test("more than a hundred contacts go to the recycle bin, and are found there", async () => {
    const ids = [];
    for (let i = 0; i < 120; i++) ids.push(await newContact());
    const outcomes = await hubspot.contacts.archive(ids);
    expect([...outcomes.values()].filter((outcome) => outcome.ok)).toHaveLength(120);
    expect(await liveIds(ids)).toEqual([]);
    const binned = await hubspot.contacts.readArchivedByIds(ids, ["email"]);
    expect(binned.size).toBe(120);
    expect(binned.get(ids[0] ?? "")).toMatchObject({ id: ids[0], archived: true });
  });

  test("an id that lies there already, was named twice or never was is done as well", async () => {
    const id = await newContact();
    expect(await hubspot.contacts.archive([id])).toEqual(new Map([[id, ok]]));
    const again = await hubspot.contacts.archive([id, id, "404404404"]);
    expect(again).toEqual(
      new Map([
        [id, ok],
        ["404404404", ok],
      ]),
    );
    expect(await hubspot.contacts.archive([])).toEqual(new Map());
  });

  test("a batch that is refused goes one by one, so that a bad id does not stop the others", async () => {
    const [first, bad, last] = [await newContact(), await newContact(), await newContact()];
    account.faults.set({ failNext: { count: 1, status: 400, match: "batch/archive" } });
    expect(await hubspot.contacts.archive([first, last])).toEqual(
      new Map([
        [first, ok],
        [last, ok],
      ]),
    );
    const [next, other] = [await newContact(), await newContact()];
    account.faults.set({ failNext: { count: 2, status: 400, match: "" } });
    const outcomes = await hubspot.contacts.archive([bad, next, other]);
    expect(outcomes.get(bad)).toMatchObject({ ok: false, error: { kind: "rejected" } });
    expect([outcomes.get(next), outcomes.get(other)]).toEqual([ok, ok]);
    expect(await liveIds([first, bad, last, next, other])).toEqual([bad]);
  });

  test("one by one, an id that HubSpot does not know is done", async () => {
    account.faults.set({ failNext: { count: 2, status: 404, match: "" } });
    const id = await newContact();
    expect(await hubspot.contacts.archive([id])).toEqual(new Map([[id, ok]]));
  });

  test("a batch that HubSpot could not take at all throws", async () => {
    const id = await newContact();
    account.faults.set({ failNext: { count: 1, status: 503, match: "batch/archive" } });
    await expect(hubspot.contacts.archive([id])).rejects.toMatchObject({ kind: "transient" });
    expect(await liveIds([id])).toEqual([id]);
  });
});

describe("the recycle bin", () => {
  test("live, restored and erased contacts are not in it", async () => {
    const [live, restored, erased] = [await newContact(), await newContact(), await newContact()];
    await hubspot.contacts.archive([restored, erased]);
    await account.asUser("POST", `/contacts/${restored}/restore`);
    await account.asUser("POST", `/contacts/${erased}/privacy-delete`);
    const ids = [live, restored, erased];
    expect((await hubspot.contacts.readArchivedByIds(ids, [])).size).toBe(0);
    expect((await liveIds(ids)).sort()).toEqual([live, restored].sort());
  });

  test("a contact that was merged and archived is found under its old ids", async () => {
    const [primaryId, otherId] = [await newContact(), await newContact()];
    const { id } = await account.asUser("POST", "/contacts/merge", { primaryId, otherId });
    await hubspot.contacts.archive([id]);
    const found = await hubspot.contacts.readArchivedByIds([otherId], []);
    expect(found.get(otherId)).toMatchObject({ id, formerIds: [primaryId, otherId], archived: true });
  });
});

describe("former ids", () => {
  test("every reader tells which ids a contact absorbed, those of earlier merges included", async () => {
    const from = new Date();
    const [a, b, c] = [await newContact(), await newContact(), await newContact()];
    const first = await account.asUser("POST", "/contacts/merge", { primaryId: a, otherId: b });
    const { id } = await account.asUser("POST", "/contacts/merge", { primaryId: first.id, otherId: c });
    const former = [a, b, first.id, c];
    const { contacts } = hubspot;
    const read = (await contacts.readByIds([b], [])).get(b);
    expect(read?.id).toBe(id);
    const email = String((await contacts.readByIds([b], ["email"])).get(b)?.properties.email);
    const found = (await contacts.readByEmails([email], [])).get(email);
    const until = new Date(Date.now() + 1000);
    const changed = await contacts.searchChanged({ from, until, afterId: "", properties: [] });
    const searched = changed.find((contact) => contact.id === id);
    const page = await contacts.listPage(String(Number(id) - 1), []);
    const listed = page.contacts.find((contact) => contact.id === id);
    for (const contact of [read, found, searched, listed])
      expect([...(contact?.formerIds ?? [])].sort()).toEqual(former.sort());
  });

  test("a contact that was never merged has none", async () => {
    const id = await newContact();
    expect((await hubspot.contacts.readByIds([id], ["email"])).get(id)?.formerIds).toEqual([]);
  });
});
