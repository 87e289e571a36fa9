// What the activity page reads: every change once and in order, each filter, and nobody else's.
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { activities, type FieldDelta } from "@/db/schema/sync";
import { type ReadActivitiesInput, readActivities } from "@/services/activities/read-activities";
import { activitiesCsv } from "@/services/activities/write-csv";
import { wordsIn } from "../../components/activity/csv-words";
import { openSyncWorld, type SyncWorld } from "../../support/sync-world";

let world: SyncWorld;
let ada: string;
const runId = crypto.randomUUID();
const conflictId = crypto.randomUUID();
const stranger = crypto.randomUUID();
const delta = (field: string, more: Partial<FieldDelta> = {}): FieldDelta => ({
  field,
  label: field,
  before: "old",
  after: "new",
  ...more,
});

beforeAll(async () => {
  world = await openSyncWorld();
  ada = await world.addProspect({ emails: ["ada@example.org"], first_name: "Ada", last_name: "Lovelace" });
  const own = { workspaceId: world.ctx.workspaceId, integrationId: world.integrationId };
  const written = { ...own, side: "hubspot" as const, kind: "contact/edited", recordName: "Ada Lovelace" };
  const member = { kind: "member" as const, userId: world.ctx.userId, name: "Ana" };
  const fromSnov = { kind: "sync" as const, from: "snov" as const };
  await world.db.delete(activities);
  await world.db.insert(activities).values([
    {
      ...written,
      prospectId: ada,
      changes: [delta("city")],
      cause: fromSnov,
      at: new Date("2026-03-01T10:00Z"),
    },
    {
      ...written,
      side: "snov",
      kind: "prospect/edited",
      recordName: "Unknown Émile",
      changes: [delta("city"), delta("job_title", { why: "policy" })],
      cause: { kind: "sync", from: "hubspot" },
      at: new Date("2026-03-02T10:00Z"),
    },
    { ...written, changes: [delta("phone")], cause: fromSnov, runId, at: new Date("2026-03-03T10:00Z") },
    {
      ...written,
      integrationId: null,
      side: "snov",
      kind: "prospect/edited",
      prospectId: ada,
      changes: [delta("company")],
      cause: member,
      at: new Date("2026-03-04T10:00Z"),
    },
    {
      ...written,
      changes: [delta("zip")],
      cause: { ...member, conflictId },
      at: new Date("2026-03-05T10:00Z"),
    },
    {
      ...written,
      changes: [delta("country")],
      cause: { kind: "undo", userId: stranger, name: "Bea" },
      at: new Date("2026-03-06T10:00Z"),
    },
    // Not the page's: another integration's, another workspace's, and what changed no record.
    { ...written, integrationId: crypto.randomUUID(), changes: [delta("city")], cause: fromSnov },
    { ...own, kind: "integration/paused", cause: member },
  ]);
});
afterAll(() => world.close());

type Filter = ReadActivitiesInput["filter"];
const read = (filter: Filter = {}, ctx: Parameters<typeof readActivities>[0]["ctx"] = world.ctx) =>
  readActivities({ ctx, input: { integrationId: world.integrationId, filter } });
const fieldsOf = async (filter: Filter) =>
  (await read(filter)).activities.map(({ changes }) => changes[0]?.field);

describe("the activity page (Verifies: R-78)", () => {
  it("tells the latest first, people's edits among what was synced", async () => {
    expect(await fieldsOf({})).toEqual(["country", "zip", "company", "phone", "city", "city"]);
  });

  it.each<[string, () => Filter, string[]]>([
    [
      "a name, of a prospect or of a contact without one",
      () => ({ search: "lovel" }),
      ["country", "zip", "company", "phone", "city"],
    ],
    ["the name of a record that is no prospect", () => ({ search: "emile" }), ["city"]],
    ["a record", () => ({ prospectId: ada }), ["company", "city"]],
    ["a field of a side", () => ({ field: { side: "snov", name: "job_title" } }), ["city"]],
    ["a field that the other side calls so", () => ({ field: { side: "hubspot", name: "city" } }), ["city"]],
    ["a side", () => ({ side: "snov" }), ["company", "city"]],
    ["a run", () => ({ runId }), ["phone"]],
    ["a person", () => ({ userId: world.ctx.userId }), ["zip", "company"]],
    ["days", () => ({ from: "2026-03-02T10:00:00Z", to: "2026-03-04T10:00:00Z" }), ["phone", "city"]],
    ["a person's edit", () => ({ cause: "member" }), ["company"]],
    ["what came from Snov.io", () => ({ cause: "from_snov" }), ["phone", "city"]],
    ["what came from HubSpot", () => ({ cause: "from_hubspot" }), ["city"]],
    ["a transfer", () => ({ cause: "transfer" }), ["phone"]],
    ["a decision", () => ({ cause: "resolution" }), ["zip"]],
    ["a rule", () => ({ cause: "rule" }), ["city"]],
    ["an undo", () => ({ cause: "undo" }), ["country"]],
    ["a person and a side", () => ({ userId: world.ctx.userId, side: "hubspot" }), ["zip"]],
    ["two that never meet", () => ({ runId, cause: "undo" }), []],
  ])("finds %s", async (_what, filter, fields) => {
    expect(await fieldsOf(filter())).toEqual(fields);
  });

  it("shows another workspace nothing", async () => {
    const visitor = { db: world.db, workspaceId: crypto.randomUUID() };
    await expect(read({}, visitor)).rejects.toMatchObject({ code: "not_found" });
  });

  it("downloads what is filtered, with nothing that a spreadsheet takes for a formula", async () => {
    await world.db.execute(sql`update activities set record_name = '=1+1' where run_id = ${runId}::uuid`);
    const input = { integrationId: world.integrationId, filter: { runId } };
    let text = "";
    for await (const part of activitiesCsv({ ctx: world.ctx, input, words: wordsIn("en") })) text += part;
    expect(text.split("\r\n")).toEqual([
      "When,Record,Prospect ID,Contact ID,What happened,Side changed,Field,Before,After,Cause,Person,Why,Transfer ID",
      `2026-03-03T10:00:00.000Z,'=1+1,,,"changed in HubSpot, from Snov.io",HubSpot,phone,old,new,Came from Snov.io,,,${runId}`,
      "",
    ]);
  });

  it("downloads of a field that is asked for that one alone, whatever was changed with it", async () => {
    const filter: Filter = { field: { side: "snov", name: "job_title" } };
    const input = { integrationId: world.integrationId, filter };
    let text = "";
    for await (const part of activitiesCsv({ ctx: world.ctx, input, words: wordsIn("en") })) text += part;
    expect(text.split("\r\n").slice(1)).toEqual([
      '2026-03-02T10:00:00.000Z,Unknown Émile,,,"changed in Snov.io, from HubSpot",Snov.io,Job title,old,new,Came from HubSpot,,settled by your conflict setting,',
      "",
    ]);
  });

  it("goes through ten thousand changes of a moment without gaps or doubles, and finds the one of its kind", async () => {
    await world.db.execute(sql`
      insert into activities (workspace_id, integration_id, side, kind, record_name, changes, cause, at)
      select ${world.ctx.workspaceId}::uuid, ${world.integrationId}::uuid, 'hubspot', 'contact/edited', 'Many',
        '[{"field": "many", "label": "Many", "before": null, "after": "x"}]', '{"kind": "sync", "from": "snov"}',
        '2026-03-05 12:00:00.123456Z' from generate_series(1, 10000)`);
    const all = async (filter: Filter, length: number) => {
      const seen: number[] = [];
      let after: Awaited<ReturnType<typeof read>>["next"] = null;
      do {
        const input = { integrationId: world.integrationId, filter, after };
        const page = await readActivities({ ctx: world.ctx, input, length });
        seen.push(...page.activities.map(({ id }) => id));
        after = page.next;
      } while (after);
      return seen;
    };
    const seen = await all({}, 3000);
    expect(seen).toHaveLength(10_006);
    expect(new Set(seen).size).toBe(10_006);
    expect(await all({ field: { side: "snov", name: "job_title" } }, 50)).toHaveLength(1);
  });

  it("tells what people decided although nothing was written, and every setting that they changed", async () => {
    const own = { workspaceId: world.ctx.workspaceId, integrationId: world.integrationId, prospectId: ada };
    const cause = { kind: "member" as const, userId: world.ctx.userId, name: "Ana", conflictId };
    const left = [delta("city", { before: "Lisbon", after: "Lisbon" })];
    const rule = [delta("City ↔ City: policy", { before: null, after: "hubspot_wins" })];
    await world.db.insert(activities).values([
      { ...own, kind: "conflict/left", changes: left, cause, at: new Date("2026-04-01T10:00Z") },
      { ...own, kind: "conflict/linked", cause, at: new Date("2026-04-01T11:00Z") },
      { ...own, kind: "conflict/kept_apart", cause, at: new Date("2026-04-01T12:00Z") },
      {
        ...own,
        prospectId: null,
        kind: "integration/changed",
        changes: rule,
        cause: { ...cause, conflictId: undefined },
        at: new Date("2026-04-01T13:00Z"),
      },
    ]);
    const april = { from: "2026-04-01T00:00:00Z", to: "2026-05-01T00:00:00Z" };
    const kindsOf = async (filter: Filter) =>
      (await read({ ...april, ...filter })).activities.map(({ kind }) => kind);
    const choices = ["conflict/kept_apart", "conflict/linked", "conflict/left"];
    expect(await kindsOf({})).toEqual(["integration/changed", ...choices]);
    expect(await kindsOf({ userId: world.ctx.userId })).toEqual(["integration/changed", ...choices]);
    expect(await kindsOf({ cause: "resolution" })).toEqual(choices);
    expect(await kindsOf({ cause: "member" })).toEqual(["integration/changed"]);
    expect(await kindsOf({ prospectId: ada })).toEqual(choices);
    expect(await kindsOf({ field: { side: "snov", name: "city" } })).toEqual(["conflict/left"]);
    expect(await kindsOf({ field: { side: "hubspot", name: "city" } })).toEqual([]);
    expect(await kindsOf({ side: "snov" })).toEqual([]);

    const input = { integrationId: world.integrationId, filter: april };
    let text = "";
    for await (const part of activitiesCsv({ ctx: world.ctx, input, words: wordsIn("en") })) text += part;
    expect(text.split("\r\n").slice(1)).toEqual([
      "2026-04-01T13:00:00.000Z,,,,Ana changed the settings,,When both sides change a field · City ↔ City,as for all fields,HubSpot wins,Edited by a person here,Ana,,",
      `2026-04-01T12:00:00.000Z,,${ada},,"kept apart from a record with the same address, decided by Ana",,,,,Conflict decided by a person,Ana,,`,
      `2026-04-01T11:00:00.000Z,,${ada},,"linked with a HubSpot contact, decided by Ana",,,,,Conflict decided by a person,Ana,,`,
      `2026-04-01T10:00:00.000Z,,${ada},,"left as it is on both sides, decided by Ana",,City,Lisbon,Lisbon,Conflict decided by a person,Ana,,`,
      "",
    ]);
  });
});
