// What the conflict page reads: pages, counts and filters, and one conflict with who changed what.
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { conflicts } from "@/db/schema/conflicts";
import { prospects } from "@/db/schema/prospects";
import { countRequests } from "@/scripts/count-requests";
import { changesTold } from "@/services/conflicts/hubspot-changes";
import { readChanges } from "@/services/conflicts/read-changes";
import { readConflict } from "@/services/conflicts/read-conflict";
import { readConflictsPage } from "@/services/conflicts/read-page";
import { rereadUsers } from "@/services/connections/reread-users";
import { loadPreviewContext } from "@/services/sync/load-page-context";
import { newWorkspace } from "../../support/launched-integration";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";

let world: SyncWorld;
let pair: { id: string; contactId: string };
beforeAll(async () => {
  world = await openSyncWorld();
  const id = await world.addProspect({ emails: ["ana@example.org"], first_name: "Ana", job_title: "CEO" });
  await world.reconcile();
  pair = { id, contactId: await world.contactOf(id) };
  await world.editProspect(id, "job_title", "CEO", "Snov");
  await world.editContact(pair.contactId, { jobtitle: "Hub" });
  await world.reconcile();
});
afterAll(() => world.close());

const read = (filter: Parameters<typeof readConflictsPage>[0]["input"]["filter"]) =>
  readConflictsPage({ ctx: world.ctx, input: { integrationId: world.integrationId, filter } });

describe("one conflict (Verifies: R-62)", () => {
  it("shows its values, who changed each of them, and what every policy would do", async () => {
    const { conflicts } = await read({});
    const view = await readConflict({
      ctx: world.ctx,
      input: { integrationId: world.integrationId, conflictId: conflicts[0]?.id ?? "" },
    });
    expect(view).toMatchObject({
      recordName: "Ana",
      base: "CEO",
      values: { snov: "Snov", hubspot: "Hub" },
      fields: { snov: "job_title", hubspot: "jobtitle" },
      contactId: pair.contactId,
      changedInSnov: { name: "Ana", by: { kind: "member" } },
      changedInHubspot: { jobtitle: { value: "Hub", source: "CRM_UI", userName: null } },
      policies: {
        ask: { kind: "conflict" },
        snov_wins: { kind: "write", to: "hubspot", value: "Snov" },
        hubspot_wins: { kind: "write", to: "snov", value: "Hub" },
        most_recent: { kind: "write", to: "snov" },
      },
    });
  });

  it("names the HubSpot user, once the account's users were read", async () => {
    await rereadUsers(world.ctx, world.connectionId);
    const { conflicts } = await read({});
    const input = { integrationId: world.integrationId, conflictId: conflicts[0]?.id ?? "" };
    expect(await readConflict({ ctx: world.ctx, input })).toMatchObject({
      changedInHubspot: { jobtitle: { value: "Hub", userName: expect.stringMatching(/^\p{L}+ \p{L}+$/u) } },
    });
  });
});

describe("what is shown of many at once (Verifies: R-62)", () => {
  it("says who changed each in HubSpot and when, for one call to it", async () => {
    const other = await world.addProspect({ emails: ["bo@example.org"], job_title: "CEO" });
    await world.reconcile();
    const contactId = await world.contactOf(other);
    await world.editProspect(other, "job_title", "CEO", "Snov");
    await world.editContact(contactId, { jobtitle: "Theirs" });
    await world.reconcile();
    const { conflicts } = await read({});
    const ids = conflicts.map(({ id }) => id);
    await world.sandbox.control("DELETE", "/counters");
    const input = { integrationId: world.integrationId, ids };
    const changes = await readChanges({ ctx: world.ctx, input });
    const said = conflicts.map(({ id, values }) => [changes[id]?.jobtitle?.value, values.hubspot]);
    expect(said.sort()).toEqual([
      ["Hub", "Hub"],
      ["Theirs", "Theirs"],
    ]);
    expect(changes[ids[0] ?? ""]?.jobtitle).toMatchObject({
      at: expect.any(String),
      source: "CRM_UI",
      userName: expect.stringMatching(/^\p{L}+ \p{L}+$/u),
    });
    expect(await countRequests(world.sandbox, "/crm/objects")).toBe(1);
    const elsewhere = { ...world.ctx, workspaceId: crypto.randomUUID() };
    await expect(readChanges({ ctx: elsewhere, input })).rejects.toMatchObject({ code: "not_found" });
    await world.editContact(contactId, { jobtitle: "Snov" });
    await world.notice("hubspot", contactId);
    await world.reconcile();
  });
});

describe("who changed HubSpot's value (Verifies: R-62)", () => {
  it.each([
    { ours: true, told: "own" },
    { ours: false, told: "INTEGRATION" },
  ])("tells our own writes from those of other connected apps: $told", async ({ ours, told }) => {
    const page = await loadPreviewContext(world.db, world.integrationId);
    const mapping = page?.planner.mappings.find(({ fields }) => fields.hubspot === "jobtitle");
    if (!page || !mapping) throw new Error("the job title is mapped");
    const written = {
      raw: "CEO",
      value: "CEO",
      at: Date.now(),
      source: "INTEGRATION",
      userId: undefined,
      ours,
    };
    const changes = await changesTold(world.db, page, new Map([["one", [{ mapping, history: [written] }]]]));
    expect(changes.get("one")).toMatchObject({ jobtitle: { value: "CEO", source: told } });
  });
});

describe("the page of conflicts (Verifies: R-62)", () => {
  it("goes through all of them fifty at a time, once each, and finds by kind, field, name, list and member", async () => {
    await world.db.execute(sql`
      insert into conflicts (integration_id, side, record_id, kind, detail, opened_at)
      select ${world.integrationId}::uuid, 'hubspot', 'c' || n, 'same_address',
        jsonb_build_object('recordName', 'Person ' || n), now() from generate_series(1, 120) n`);
    const seen = new Set<string>();
    let after = null as Awaited<ReturnType<typeof read>>["next"];
    for (let pages = 0; pages === 0 || after; pages += 1) {
      const input = { integrationId: world.integrationId, after };
      const page = await readConflictsPage({ ctx: world.ctx, input });
      for (const { id } of page.conflicts) seen.add(id);
      expect(page.conflicts.length).toBe(pages < 2 ? 50 : 21);
      expect(page.counted?.counts.total).toBe(pages ? undefined : 121);
      after = page.next;
    }
    expect(seen.size).toBe(121);

    const { counted, conflicts } = await read({ kind: "value" });
    const mappingId = conflicts[0]?.mappingId ?? "";
    expect(counted?.counts).toEqual({
      total: 1,
      kinds: { value: 1 },
      records: {},
      mappings: { [mappingId]: 1 },
    });
    expect((await read({ mappingId })).counted?.counts.total).toBe(1);
    expect((await read({ search: "person 11" })).counted?.counts.total).toBe(11);
    expect((await read({ changedBy: world.ctx.userId })).counted?.counts.total).toBe(1);
    expect((await read({ changedBy: world.integrationId })).counted?.counts.total).toBe(0);
    expect((await read({ listId: world.listId })).counted?.counts.total).toBe(0);
    expect((await read({ record: { side: "snov", recordId: pair.id } })).counted?.counts.total).toBe(1);
  });

  it("shows those of a record that were opened together beside each other, from page to page", async () => {
    const { integrationId } = world;
    const before = (await read({})).conflicts[0];
    await world.db.execute(sql`
      insert into conflicts (integration_id, side, record_id, kind, detail, opened_at)
      select ${integrationId}::uuid, 'hubspot', 'd-' || n % 40, case when n < 40 then 'same_address' when n < 80 then 'merged' else 'removed_and_edited' end,
        '{"recordName": "Together"}', now() from generate_series(0, 119) n order by random()`);
    const records: string[] = [];
    let after = null as Awaited<ReturnType<typeof read>>["next"];
    for (let pages = 0; pages === 0 || after; pages += 1) {
      const input = { integrationId, filter: { search: "together" }, after };
      const page = await readConflictsPage({ ctx: world.ctx, input });
      records.push(...page.conflicts.map(({ recordId }) => recordId));
      after = page.next;
    }
    expect(records).toHaveLength(120);
    expect(records.filter((id, place) => id !== records[place - 1])).toEqual([...new Set(records)]);
    expect(new Set(records).size).toBe(40);
    expect((await read({})).conflicts[0]).toEqual(before);
    await world.db.execute(sql`delete from conflicts where detail ->> 'recordName' = 'Together'`);
  });

  it("refuses a place to go on from that is no instant", async () => {
    const after = { openedAt: "x", side: "snov" as const, recordId: "r", id: world.integrationId };
    await expect(
      readConflictsPage({ ctx: world.ctx, input: { integrationId: world.integrationId, after } }),
    ).rejects.toThrow(z.ZodError);
  });
});

it("names no prospect of another workspace, whatever a conflict points at (Verifies: R-02)", async () => {
  const { ctx: theirs } = await newWorkspace(world.ctx);
  const [prospect] = await world.db
    .insert(prospects)
    .values({ workspaceId: theirs.workspaceId, firstName: "Secret" })
    .returning({ id: prospects.id });
  const recordId = prospect?.id ?? "";
  await world.db.insert(conflicts).values({
    integrationId: world.integrationId,
    side: "snov",
    recordId,
    kind: "same_address",
    otherSide: "snov",
    otherId: recordId,
  });
  const page = await read({ record: { side: "snov", recordId } });
  expect(page.conflicts).toMatchObject([{ recordId, recordName: null, other: { id: recordId, name: null } }]);
});
