import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type HubspotClient, openHubspot } from "@/connectors/hubspot/client";
import { localBudget } from "@/tests/support/local-budget";
import { NORTHWIND, type SandboxAccount, startSandboxAccount } from "./sandbox-account";

let account: SandboxAccount;
let hubspot: HubspotClient;
beforeAll(async () => {
  account = await startSandboxAccount({ seed: "demo" });
  hubspot = account.open();
});
afterAll(() => account.close());

test("the account's properties come as fields of the seven types", async () => {
  const fields = new Map((await hubspot.properties.list()).map((field) => [field.key, field]));
  const types = [
    "preferred_name",
    "team_size",
    "renewal_date",
    "last_meeting_at",
    "newsletter",
    "account_tier",
    "interests",
  ];
  expect(types.map((key) => fields.get(key)?.type)).toEqual([
    "text",
    "number",
    "date",
    "datetime",
    "boolean",
    "choice",
    "choices",
  ]);
  expect(fields.get("account_tier")?.options[0]).toEqual({ value: "tier_1", label: "Strategic" });
  expect(fields.get("hs_lead_status")).toMatchObject({ type: "choice", custom: false, writable: true });
  expect([...fields.values()].some(({ writable }) => !writable)).toBe(true);
  expect(fields.has("hubspot_owner_id")).toBe(false);
});

test("a property is made with unique values where that is asked, is known by that, and by its name once it is archived", async () => {
  const made = await hubspot.properties.create({
    name: "badge",
    label: "Badge",
    type: "text",
    options: [],
    unique: true,
  });
  expect(made).toMatchObject({ key: "badge", type: "text", unique: true, writable: true });
  const listed = new Map((await hubspot.properties.list()).map((field) => [field.key, field]));
  expect(listed.get("badge")?.unique).toBe(true);
  expect(listed.get("team_size")).not.toHaveProperty("unique");
  expect((await hubspot.properties.listArchived()).has("badge")).toBe(false);
  await account.asUser("PATCH", "/properties/badge", { archived: true });
  expect((await hubspot.properties.listArchived()).has("badge")).toBe(true);
});

test("a property whose name is taken is a conflict", async () => {
  const trying = hubspot.properties.create({
    name: "team_size",
    label: "Team size",
    type: "number",
    options: [],
  });
  await expect(trying).rejects.toMatchObject({
    name: "RemoteError",
    kind: expect.stringMatching(/conflict/),
  });
});

describe("lists", () => {
  test("are found by a part of their name, with their sizes", async () => {
    const all = await hubspot.lists.search("");
    expect(all.length).toBeGreaterThan(1);
    expect(all.every(({ size }) => size !== undefined)).toBe(true);
    const [first] = all;
    expect(await hubspot.lists.search(first?.name.slice(1, 6) ?? "")).toContainEqual(first);
  });

  test("name their members, and members name their lists", async () => {
    for (const list of await hubspot.lists.search("")) {
      const members: string[] = [];
      let after: string | undefined;
      do {
        const page = await hubspot.lists.joinedPage(list.id, after);
        members.push(...page.members.map(({ contactId }) => contactId));
        after = page.next;
      } while (after);
      expect(members).toHaveLength(list.size ?? -1);
      const memberships = await hubspot.lists.membershipsOf([...members, "999999999"]);
      expect(members.every((id) => memberships.get(id)?.has(list.id))).toBe(true);
      expect(memberships.get("999999999")).toEqual(new Set());
    }
  });
});

test("owners and account details have names and ids", async () => {
  expect(await hubspot.owners.listUsers()).toContainEqual({
    userId: expect.stringMatching(/^\d+$/),
    name: "Marta Oliveira",
  });
  expect(await hubspot.account.details()).toEqual({
    id: String(NORTHWIND),
    timeZone: "America/Sao_Paulo",
    domain: expect.any(String),
  });
});

test("an owner who left and came back is one user, and one who left alone is one as well", async () => {
  type Owner = { id: string; userId?: number; userIdIncludingInactive: number };
  const { results } = await account.asUser<{ results: Owner[] }>("GET", "/owners");
  const [first, second] = results;
  const left = await account.asUser<Owner>("DELETE", `/owners/${first?.id}`);
  expect(left.userId).toBeUndefined();
  const again = await account.asUser<Owner>("POST", `/owners/${first?.id}/return`);
  expect(again).toMatchObject({ userId: first?.userId, archived: false });
  expect(again.id).not.toBe(first?.id);
  await account.asUser("DELETE", `/owners/${second?.id}`);
  const users = (await hubspot.owners.listUsers()).map(({ userId }) => Number(userId));
  expect(users.sort()).toEqual(results.map((owner) => owner.userIdIncludingInactive).sort());
});

test("of a user with two names the one in use is known, as the database can keep it", async () => {
  const page = (userId: number, firstName: string) =>
    Response.json({ results: [{ id: "1", userIdIncludingInactive: userId, firstName }] });
  const send = vi
    .spyOn(globalThis, "fetch")
    .mockImplementation(async (url) =>
      String(url).includes("archived=true") ? page(7, "Left") : page(7, "Ba\u0000ck"),
    );
  expect(await hubspot.owners.listUsers()).toEqual([{ userId: "7", name: "Back" }]);
  send.mockRestore();
});

test("an account that names no properties has not told them", async () => {
  const send = vi.spyOn(globalThis, "fetch").mockImplementation(async () => Response.json({ results: [] }));
  await expect(hubspot.properties.list()).rejects.toMatchObject({ name: "RemoteError", kind: "transient" });
  send.mockRestore();
});

test("a burst of calls and searches stays under the account's limit", async () => {
  const limited = await startSandboxAccount({ seed: "empty", rateLimit: true });
  try {
    const client = limited.open();
    const calls = Array.from({ length: 140 }, () => client.account.details());
    const searches = Array.from({ length: 12 }, () =>
      client.contacts.searchChanged({ from: new Date(0), until: new Date(), afterId: "", properties: [] }),
    );
    await Promise.all([...calls, ...searches]);
    const answers = Object.values(limited.sandbox.counters.read()).flatMap(({ statuses }) =>
      Object.keys(statuses),
    );
    expect(new Set(answers)).toEqual(new Set(["200"]));
  } finally {
    await limited.close();
  }
});

describe("a server that stalls", () => {
  let server: Server;
  let cutOff = 0;
  beforeAll(async () => {
    server = createServer((request, response) => {
      if (!request.url?.includes("details"))
        return void response.writeHead(200, { "content-type": "text/html" }).end("<p>ana@example.org</p>");
      // Half an answer, and then nothing.
      response.writeHead(200, { "content-type": "application/json" }).write('{"portalId":');
      request.socket.on("close", () => cutOff++);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const open = () =>
    openHubspot({
      apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      accessToken: async () => "t",
      timeoutMs: 200,
      budget: localBudget(),
    });

  test("a call ends at its time even in the middle of the answer, and its connection with it", async () => {
    await expect(open().account.details()).rejects.toMatchObject({ kind: "transient" });
    await expect.poll(() => cutOff).toBe(1);
  });

  test("a page of HTML in place of an answer is a passing failure, without its text", async () => {
    const error = await open()
      .contacts.listPage(undefined, [])
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({ kind: "transient" });
    expect(String(error)).not.toContain("ana@");
  });
});
