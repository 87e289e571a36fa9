// Every write to a prospect stands with its activity and its pending row, or not at all.
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { prospects } from "@/db/schema/prospects";
import { activities, pendingRecords } from "@/db/schema/sync";
import type { Ctx } from "@/services/context";
import { createCustomField } from "@/services/prospects/create-custom-field";
import { createList } from "@/services/prospects/create-list";
import { createProspect } from "@/services/prospects/create-prospect";
import { editProspect } from "@/services/prospects/edit-prospect";
import { trashProspects } from "@/services/prospects/trash-prospects";
import { openWorkshop, type Workshop } from "./workshop";

let shop: Workshop;
let ctx: Ctx;
let stranger: Ctx;
let integrationId: string;

beforeAll(async () => {
  shop = await openWorkshop();
});
afterAll(() => shop.close());
beforeEach(async () => {
  ctx = await shop.member("member");
  stranger = await shop.member();
  integrationId = await shop.integration(ctx.workspaceId);
  shop.woken.length = 0;
});

const create = (values: Record<string, string | boolean | string[] | null>, as = ctx) =>
  createProspect({ ctx: as, input: { values } });

describe("creating", () => {
  // Verifies: R-03
  test("keeps every standard field, several e-mails with one primary, phones and custom values", async () => {
    const plan = await createCustomField({
      ctx,
      input: { name: "Plan", type: "choice", options: [{ label: "Pró" }, { label: "Free" }] },
    });
    const list = await createList({ ctx, input: { name: "Leads" } });
    const { id } = await createProspect({
      ctx,
      input: {
        values: {
          first_name: " Ana ",
          last_name: "Souza",
          emails: ["Ana@Acme.com", "ana@home.com"],
          phones: ["+55 11 1", "2"],
          job_title: "CTO",
          company: "Acme",
          website: "acme.com",
          country: "Brazil",
          city: "Recife",
          industry: "Software",
          linkedin_url: "https://linkedin.com/in/ana",
          [`custom:${plan.id}`]: "pro",
        },
        listIds: [list.id],
      },
    });
    const { row, emails, lists } = await shop.read(ctx, id);
    expect(row).toMatchObject({ firstName: "Ana", city: "Recife", phones: ["+55 11 1", "2"], version: 1 });
    expect(row.custom).toEqual({ [plan.id]: "pro" });
    expect(emails).toEqual(["Ana@Acme.com", "ana@home.com"]);
    expect(lists).toEqual([list]);
    expect(row.fieldChanges[`custom:${plan.id}`]?.by).toEqual({ kind: "member", id: ctx.userId });
    expect(Object.keys(row.fieldChanges)).toContain("email");
    expect(Object.keys(row.fieldChanges)).not.toContain("other_emails");
  });

  test("leaves an activity with the values and a pending row, then wakes the integration", async () => {
    const { id } = await create({ first_name: "Ana", emails: ["a1@acme.com"] });
    const [entry] = await shop.history(id);
    expect(entry).toMatchObject({ kind: "prospect/created", recordName: "Ana", side: "snov" });
    expect(entry?.changes).toContainEqual({
      field: "email",
      label: "email",
      before: null,
      after: "a1@acme.com",
    });
    expect(await shop.pending(integrationId, id)).toHaveLength(1);
    expect(shop.woken).toEqual([[integrationId]]);
  });

  test("refuses an address that a live prospect has, in any case, naming the prospect, and leaves nothing", async () => {
    const { id } = await create({ first_name: "Ana", emails: ["taken@acme.com"] });
    shop.woken.length = 0;
    await expect(create({ first_name: "Bia", emails: ["TAKEN@acme.com"] })).rejects.toMatchObject({
      code: "already_exists",
      details: {
        reason: "prospect_email_taken",
        values: { name: "Ana", prospectId: id, email: "taken@acme.com" },
      },
    });
    const inWorkspace = eq(activities.workspaceId, ctx.workspaceId);
    expect(await shop.db.select().from(activities).where(inWorkspace)).toHaveLength(1);
    expect(
      await shop.db.select().from(pendingRecords).where(eq(pendingRecords.integrationId, integrationId)),
    ).toHaveLength(1);
    expect(shop.woken).toEqual([]);
  });

  test("lets two workspaces hold the same address", async () => {
    await create({ emails: ["both@acme.com"] });
    await expect(create({ emails: ["both@acme.com"] }, stranger)).resolves.toHaveProperty("id");
  });

  test("names each field that cannot be read, and refuses a prospect without name or address", async () => {
    await expect(
      create({ emails: ["nonsense"], website: "not an address", phones: ["call me"] }),
    ).rejects.toMatchObject({
      code: "invalid_input",
      details: {
        fields: { emails: "email_invalid", website: "not_a_web_address", phones: "phone_invalid" },
      },
    });
    await expect(create({ company: "Acme" })).rejects.toMatchObject({
      details: { reason: "prospect_nameless" },
    });
  });

  test("refuses a list and a custom field of another workspace", async () => {
    const list = await createList({ ctx: stranger, input: { name: "Theirs" } });
    const field = await createCustomField({ ctx: stranger, input: { name: "Theirs", type: "text" } });
    await expect(
      createProspect({ ctx, input: { values: { first_name: "Ana" }, listIds: [list.id] } }),
    ).rejects.toMatchObject({ code: "not_found" });
    await expect(create({ first_name: "Ana", [`custom:${field.id}`]: "x" })).rejects.toMatchObject({
      details: { fields: { [`custom:${field.id}`]: "field_gone" } },
    });
  });
});

describe("editing", () => {
  test("writes only what differs, raises the version and says who changed which field", async () => {
    const { id } = await create({ first_name: "Ana", company: "Acme", emails: ["e1@acme.com"] });
    const before = (await shop.read(ctx, id)).row;
    await editProspect({
      ctx,
      input: {
        id,
        version: 1,
        changes: [
          { field: "company", seen: "Acme", value: "Beta" },
          { field: "first_name", seen: "Ana", value: "Ana " },
        ],
      },
    });
    const { row } = await shop.read(ctx, id);
    expect(row).toMatchObject({ company: "Beta", firstName: "Ana", version: 2 });
    expect(row.fieldChanges.first_name).toEqual(before.fieldChanges.first_name);
    expect(row.fieldChanges.company?.at).not.toBe(before.fieldChanges.company?.at);
    expect((await shop.history(id)).at(-1)).toMatchObject({
      kind: "prospect/edited",
      changes: [{ field: "company", before: "Acme", after: "Beta" }],
    });
    expect((await shop.pending(integrationId, id))[0]?.generation).toBe(2);
  });

  test("writes nothing where nothing differs", async () => {
    const { id } = await create({ first_name: "Ana" });
    shop.woken.length = 0;
    const changes = [{ field: "first_name", seen: "Ana", value: "Ana" }];
    expect(await editProspect({ ctx, input: { id, version: 1, changes } })).toEqual({ version: 1 });
    expect(await shop.history(id)).toHaveLength(1);
    expect(shop.woken).toEqual([]);
  });

  test("refuses to overwrite a field that changed since it was seen, and names it", async () => {
    const { id } = await create({ first_name: "Ana", company: "Acme" });
    const edit = (field: string, seen: string, value: string) =>
      editProspect({ ctx, input: { id, version: 1, changes: [{ field, seen, value }] } });
    await edit("company", "Acme", "Theirs");
    await expect(edit("company", "Acme", "Mine")).rejects.toMatchObject({
      code: "out_of_date",
      details: { reason: "prospect_changed", fields: { company: "changed_meanwhile" } },
    });
    expect((await shop.read(ctx, id)).row).toMatchObject({ company: "Theirs", version: 2 });
  });

  test("lets an edit of another field stand beside one made meanwhile", async () => {
    const { id } = await create({ first_name: "Ana", company: "Acme" });
    const edit = (field: string, seen: string, value: string) =>
      editProspect({ ctx, input: { id, version: 1, changes: [{ field, seen, value }] } });
    await edit("company", "Acme", "Theirs");
    expect(await edit("first_name", "Ana", "Anna")).toEqual({ version: 3 });
    expect((await shop.read(ctx, id)).row).toMatchObject({ company: "Theirs", firstName: "Anna" });
  });

  test("exchanges the primary e-mail for another of the same prospect", async () => {
    const { id } = await create({ emails: ["one@acme.com", "two@acme.com"] });
    const seen = ["one@acme.com", "two@acme.com"];
    const changes = [{ field: "emails", seen, value: ["two@acme.com", "one@acme.com"] }];
    await editProspect({ ctx, input: { id, version: 1, changes } });
    const { emails, row } = await shop.read(ctx, id);
    expect(emails).toEqual(["two@acme.com", "one@acme.com"]);
    expect(row.emailWords).toBe("two@acme.com one@acme.com");
    expect((await shop.history(id)).at(-1)?.changes).toMatchObject([
      { field: "email", before: "one@acme.com", after: "two@acme.com" },
      { field: "other_emails", before: ["two@acme.com"], after: ["one@acme.com"] },
    ]);
  });

  test("refuses another prospect's address and loses nothing of the old ones", async () => {
    await create({ first_name: "Bia", emails: ["bia@acme.com"] });
    const { id } = await create({ emails: ["keep@acme.com"] });
    const changes = [{ field: "emails", seen: ["keep@acme.com"], value: ["bia@acme.com"] }];
    await expect(editProspect({ ctx, input: { id, version: 1, changes } })).rejects.toMatchObject({
      details: { reason: "prospect_email_taken", values: { name: "Bia" } },
    });
    expect((await shop.read(ctx, id)).emails).toEqual(["keep@acme.com"]);
  });

  test("takes another workspace's prospect for one that does not exist", async () => {
    const { id } = await create({ first_name: "Ana" });
    const changes = [{ field: "first_name", seen: "Ana", value: "X" }];
    await expect(editProspect({ ctx: stranger, input: { id, version: 1, changes } })).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(trashProspects({ ctx: stranger, input: { ids: [id] } })).rejects.toMatchObject({
      code: "not_found",
    });
    expect((await shop.read(ctx, id)).row).toMatchObject({ firstName: "Ana", deletedAt: null });
  });
});

test("a draft integration gets no pending rows, a paused one does", async () => {
  const other = await shop.member();
  const draft = await shop.integration(other.workspaceId, { state: "draft" });
  const paused = await shop.integration(other.workspaceId, { state: "paused" });
  const { id } = await create({ first_name: "Ana" }, other);
  const rows = await shop.db.select().from(pendingRecords).where(eq(pendingRecords.recordId, id));
  expect(rows.map((row) => row.integrationId)).toEqual([paused]);
  expect(rows.map((row) => row.integrationId)).not.toContain(draft);
});

test("a transaction that fails at its very end leaves no prospect, no activity, no pending row and no wake", async () => {
  await shop.db.execute(sql`create function fail_late() returns trigger language plpgsql as
    $$ begin raise exception 'late'; end $$`);
  await shop.db.execute(sql`create constraint trigger fail_late after insert on prospects
    deferrable initially deferred for each row when (new.first_name = 'Late') execute function fail_late()`);
  const other = await shop.member();
  const integration = await shop.integration(other.workspaceId);
  shop.woken.length = 0;
  await expect(create({ first_name: "Late", emails: ["late@acme.com"] }, other)).rejects.toThrow();
  const mine = { workspaceId: other.workspaceId };
  expect(await shop.db.select().from(prospects).where(eq(prospects.workspaceId, mine.workspaceId))).toEqual(
    [],
  );
  expect(await shop.db.select().from(activities).where(eq(activities.workspaceId, mine.workspaceId))).toEqual(
    [],
  );
  const waiting = eq(pendingRecords.integrationId, integration);
  expect(await shop.db.select().from(pendingRecords).where(waiting)).toEqual([]);
  expect(shop.woken).toEqual([]);
});
