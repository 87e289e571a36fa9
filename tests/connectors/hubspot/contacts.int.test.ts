import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { HubspotClient } from "@/connectors/hubspot/client";
import { RemoteError } from "@/connectors/hubspot/remote-error";
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
const address = (name = "person") => `${name}${++serial}@example.org`;

describe("reading", () => {
  test("contacts that do not exist are absent", async () => {
    const id = await account.newContact({ email: address(), firstname: "Ana" });
    const found = await hubspot.contacts.readByIds([id, "999999999"], ["firstname", "phone"]);
    expect([...found.keys()]).toEqual([id]);
    expect(found.get(id)).toMatchObject({
      id,
      archived: false,
      properties: { firstname: "Ana", phone: null },
      updatedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    });
  });

  test("an archived contact is absent", async () => {
    const id = await account.newContact({ email: address() });
    await account.asUser("DELETE", `/contacts/${id}`);
    expect((await hubspot.contacts.readByIds([id], [])).size).toBe(0);
  });

  test("a merged contact is found under both old ids and answers with the survivor's", async () => {
    const [first, second] = [address(), address()];
    const primaryId = await account.newContact({ email: first, firstname: "Kept" });
    const otherId = await account.newContact({ email: second });
    await account.asUser("POST", "/contacts/merge", { primaryId, otherId });
    const found = await hubspot.contacts.readByIds([otherId, primaryId], ["firstname"]);
    expect([...found.keys()].sort()).toEqual([primaryId, otherId].sort());
    expect(found.get(otherId)?.id).toBe(found.get(primaryId)?.id);
    expect(found.get(otherId)?.properties.firstname).toBe("Kept");
  });

  test("a secondary address finds its contact, in any case of letters", async () => {
    const [first, second] = [address(), address()];
    const primaryId = await account.newContact({ email: first });
    const otherId = await account.newContact({ email: second });
    await account.asUser("POST", "/contacts/merge", { primaryId, otherId });
    const found = await hubspot.contacts.readByEmails([first.toUpperCase(), ` ${second}`], []);
    expect([...found.keys()].sort()).toEqual([first, second].sort());
    expect(found.get(first)?.id).toBe(found.get(second)?.id);
  });

  test("a property of unique values finds its contact, in any case of letters, and nobody by a value that nobody has", async () => {
    await hubspot.properties.create({
      name: "badge",
      label: "Badge",
      type: "text",
      options: [],
      unique: true,
    });
    const id = await account.newContact({ email: address(), firstname: "Bea", badge: "A-17" });
    const found = await hubspot.contacts.readByUnique("badge", ["a-17", "A-17", "a-18"], ["firstname"]);
    expect([...found.keys()]).toEqual(["a-17"]);
    expect(found.get("a-17")).toMatchObject({ id, properties: { firstname: "Bea", badge: "A-17" } });
    const outcomes = await hubspot.contacts.create([
      { trace: "a", properties: { email: address(), badge: "a-17" } },
      { trace: "b", properties: { email: address(), badge: "a-18" } },
    ]);
    const refused = outcomes.get("a");
    if (refused?.ok !== false) throw new Error("a value was given to two contacts");
    expect(refused.error.kind).toBe("rejected");
    expect(refused.error.fields).toMatchObject([{ property: "badge", code: "CONFLICTING_UNIQUE_VALUE" }]);
    expect(outcomes.get("b")).toMatchObject({ ok: true });
  });

  test("more than a hundred ids are asked for in several calls", async () => {
    const ids = [];
    for (let i = 0; i < 130; i++) ids.push(await account.newContact({ email: address("many") }));
    expect((await hubspot.contacts.readByIds(ids, ["email"])).size).toBe(130);
  });
});

describe("writing", () => {
  test("each input of a batch has its own outcome, told apart by trace", async () => {
    const taken = address("taken");
    const ownerId = await account.newContact({ email: taken });
    const outcomes = await hubspot.contacts.create([
      { trace: "a", properties: { email: address(), firstname: "A" } },
      { trace: "b", properties: { email: taken.toUpperCase() } },
      { trace: "c", properties: { email: "not an address" } },
      { trace: "d", properties: { email: address(), firstname: "D" } },
    ]);
    expect(outcomes.get("a")).toMatchObject({ ok: true, contact: { properties: { firstname: "A" } } });
    expect(outcomes.get("d")).toMatchObject({ ok: true, contact: { properties: { firstname: "D" } } });
    expect(outcomes.get("b")).toMatchObject({ ok: false, error: { kind: "conflict", existingId: ownerId } });
    const invalid = outcomes.get("c");
    if (invalid?.ok !== false) throw new Error("an invalid address was accepted");
    expect(invalid.error.kind).toBe("rejected");
    expect(invalid.error.fields).toMatchObject([{ property: "email", code: "INVALID_EMAIL" }]);
    expect(invalid.error.message).not.toContain("not an address");
  });

  test("an update that HubSpot refuses does not stop the others", async () => {
    const good = await account.newContact({ email: address() });
    const bad = await account.newContact({ email: address() });
    const outcomes = await hubspot.contacts.update([
      { id: good, properties: { firstname: "New" } },
      { id: bad, properties: { no_such_property: "x" } },
      { id: "999999999", properties: { firstname: "Ghost" } },
    ]);
    expect(outcomes.get(good)).toMatchObject({ ok: true, contact: { id: good } });
    expect(outcomes.get(bad)).toMatchObject({ ok: false, error: { kind: "rejected" } });
    expect(outcomes.get("999999999")).toMatchObject({ ok: false, error: { kind: "not_found" } });
  });

  test("a batch that is refused as a whole is written one by one", async () => {
    const [first, second] = [
      await account.newContact({ email: address() }),
      await account.newContact({ email: address() }),
    ];
    account.faults.set({ failNext: { count: 1, status: 400, match: "batch/update" } });
    const outcomes = await hubspot.contacts.update([
      { id: first, properties: { firstname: "One" } },
      { id: second, properties: { no_such_property: "x" } },
    ]);
    expect(outcomes.get(first)).toMatchObject({ ok: true });
    expect(outcomes.get(second)).toMatchObject({ ok: false, error: { kind: "rejected" } });
    expect((await hubspot.contacts.readByIds([first], ["firstname"])).get(first)?.properties.firstname).toBe(
      "One",
    );
  });

  test("a batch that HubSpot could not take at all throws, and nothing is tried twice", async () => {
    account.faults.set({ failNext: { count: 1, status: 503, match: "batch/create" } });
    const trying = hubspot.contacts.create([{ trace: "a", properties: { email: address() } }]);
    await expect(trying).rejects.toMatchObject({ name: "RemoteError", kind: "transient" });
    expect(account.faults.get().failNext?.count).toBe(0);
  });

  test("an empty string clears a property", async () => {
    const id = await account.newContact({ email: address(), city: "Recife" });
    await hubspot.contacts.update([{ id, properties: { city: "" } }]);
    const read = (await hubspot.contacts.readByIds([id], ["city"])).get(id);
    expect(read?.properties.city || null).toBeNull();
  });
});

describe("looking for what changed", () => {
  test("a search gives the contacts of a window in the order of ids, after the one named", async () => {
    const from = new Date();
    const ids = [
      await account.newContact({ email: address() }),
      await account.newContact({ email: address() }),
    ];
    const until = new Date(Date.now() + 1000);
    const all = await hubspot.contacts.searchChanged({ from, until, afterId: "", properties: ["email"] });
    expect(all.map(({ id }) => id)).toEqual(ids);
    const rest = await hubspot.contacts.searchChanged({ from, until, afterId: ids[0] ?? "", properties: [] });
    expect(rest.map(({ id }) => id)).toEqual(ids.slice(1));
  });

  test("pages of everything meet each contact once", async () => {
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await hubspot.contacts.listPage(after, ["email"]);
      seen.push(...page.contacts.map(({ id }) => id));
      after = page.next;
    } while (after);
    expect(seen.length).toBeGreaterThan(100);
    expect(new Set(seen).size).toBe(seen.length);
  });
});

describe("many mapped properties", () => {
  test("come with a page of everything although their names are too long for an address", async () => {
    const email = address();
    const id = await account.newContact({ email, firstname: "Ana", city: "Recife" });
    const many = Array.from({ length: 300 }, (_, i) => `a_property_with_a_rather_long_name_${i}`);
    const short = await hubspot.contacts.listPage(String(Number(id) - 1), ["firstname", "city"]);
    const long = await hubspot.contacts.listPage(String(Number(id) - 1), ["firstname", "city", ...many]);
    expect(short.contacts).toMatchObject([{ id, properties: { firstname: "Ana", city: "Recife" } }]);
    expect(long).toEqual({
      ...short,
      contacts: short.contacts.map((contact) => ({
        ...contact,
        properties: expect.objectContaining({ firstname: "Ana", city: "Recife" }),
      })),
    });
  });
});

describe("trouble", () => {
  test("a refusal for the rate names the wait and holds the next call back", async () => {
    const client = account.open();
    account.faults.set({ failNext: { count: 1, status: 429, match: "batch/read", retryAfterSeconds: 1 } });
    const error = await client.contacts.readByIds(["1"], []).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(RemoteError);
    expect(error).toMatchObject({ kind: "rate_limited", retryAfterMs: 1000 });
    const before = performance.now();
    await client.contacts.readByIds(["1"], []);
    expect(performance.now() - before).toBeGreaterThan(800);
  });

  test("a call that is not answered in time ends, its connection too", async () => {
    account.faults.set({ latencyMs: 3000 });
    const client = account.open({ timeoutMs: 150 });
    const before = performance.now();
    await expect(client.contacts.readByIds(["1"], [])).rejects.toMatchObject({ kind: "transient" });
    expect(performance.now() - before).toBeLessThan(1500);
  });

  test("a dropped connection is a passing failure", async () => {
    account.faults.set({ down: { ms: 5000, mode: "drop" } });
    await expect(hubspot.contacts.listPage(undefined, [])).rejects.toMatchObject({ kind: "transient" });
  });
});
