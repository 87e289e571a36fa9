import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { activities } from "@/db/schema/sync";
import { createCustomField } from "@/services/prospects/create-custom-field";
import { explainField } from "@/services/prospects/explain-field";
import { trashProspects } from "@/services/prospects/trash-prospects";
import { customFieldKey } from "@/sync/snov-fields";
import { openSyncWorld, type SyncWorld } from "@/tests/support/sync-world";

let world: SyncWorld;
let id: string;
beforeAll(async () => {
  world = await openSyncWorld();
  id = await world.addProspect({ emails: ["ana@example.com"], first_name: "Ana", city: "Natal" });
  await world.reconcile();
});
afterAll(() => world.close());

const why = (field: string, prospectId = id) =>
  explainField({ ctx: world.ctx, input: { id: prospectId, field } });
const outlook = async (field: string, prospectId = id) => (await why(field, prospectId)).outlooks[0]?.outlook;

describe("why a field has its value", () => {
  it("tells each change on both sides, the latest first, with who made it", async () => {
    const contactId = await world.contactOf(id);
    await world.editProspect(id, "city", "Natal", "Recife");
    await world.reconcile();
    await world.editContact(contactId, { city: "Olinda" });
    await world.notice("hubspot", contactId);
    await world.reconcile();
    const { chain } = await why("city");
    expect(
      chain.map(({ side, kind, cause, delta }) => [side, kind, cause.kind, delta.before, delta.after]),
    ).toEqual([
      ["snov", "prospect/edited", "sync", "Recife", "Olinda"],
      ["hubspot", "contact/edited", "sync", "Natal", "Recife"],
      ["snov", "prospect/edited", "member", "Natal", "Recife"],
      ["hubspot", "contact/created", "sync", null, "Natal"],
      ["snov", "prospect/created", "member", null, "Natal"],
    ]);
    expect(chain[0]?.changedInHubspot).toMatchObject({
      source: "CRM_UI",
      userId: expect.any(String),
      userName: null,
    });
    expect(chain[1]).toMatchObject({
      accountName: "Sandbox",
      property: { type: "text" },
      changedInHubspot: null,
    });
  });

  it("tells of the first address where the prospect has several", async () => {
    expect((await why("emails")).chain.map(({ delta }) => delta.after)).toEqual([
      "ana@example.com",
      "ana@example.com",
    ]);
  });

  it("says what the planner would do with either side's change, and with both", async () => {
    expect(await outlook("city")).toEqual({
      kind: "forecast",
      property: "City",
      forecasts: {
        snov: { kind: "travels", to: "hubspot", why: null },
        hubspot: { kind: "travels", to: "snov", why: null },
        both: { kind: "asks" },
      },
    });
    await world.configure({ syncType: "to_hubspot" });
    expect(await outlook("city")).toMatchObject({
      forecasts: {
        snov: { kind: "travels" },
        hubspot: { kind: "stays" },
        both: { to: "hubspot", why: "source" },
      },
    });
    await world.configure({ outgoingScope: { kind: "lists", ids: [world.listId] } });
    expect(await outlook("city")).toMatchObject({
      forecasts: { snov: { kind: "excluded", reason: "out_of_scope" } },
    });
    await world.configure({ syncType: "both", outgoingScope: { kind: "all" } });
  });

  it("writes nothing by asking", async () => {
    const before = await world.contact(await world.contactOf(id));
    await outlook("city");
    expect(await world.contact(await world.contactOf(id))).toEqual(before);
    expect(await world.pending()).toEqual([]);
  });

  it("says so where a record without an address, or in dispute, keeps everything back", async () => {
    const nameless = await world.addProspect({ first_name: "Sem", last_name: "Endereço" });
    expect(await outlook("city", nameless)).toMatchObject({
      forecasts: { snov: { kind: "excluded", reason: "no_email" }, hubspot: null, both: null },
    });
    const twins = await Promise.all(
      ["bea", "cleo"].map((name) => world.addProspect({ emails: [`${name}@example.org`], first_name: name })),
    );
    await world.reconcile();
    const [first = "", second = ""] = await Promise.all(twins.map((twin) => world.contactOf(twin)));
    await world.mergeContacts(first, second);
    const disputed = { kind: "record", plan: "disputed" };
    expect(await outlook("city", twins[1])).toMatchObject({
      forecasts: { snov: disputed, hubspot: disputed, both: disputed },
    });
  });

  it("says what HubSpot refuses, as no other field's value has the contact made", async () => {
    const refused = await world.addProspect({ emails: ["ida@example-.com"], city: "Natal" });
    await world.reconcile();
    expect(await world.statusOf(refused)).toMatchObject({ reason: "email_rejected" });
    expect(await outlook("city", refused)).toMatchObject({
      forecasts: {
        snov: {
          kind: "refused",
          reason: "email_rejected",
          detail: { message: expect.stringContaining("ida@example-.com") },
        },
        hubspot: null,
        both: null,
      },
    });
    expect(await outlook("emails", refused)).toMatchObject({ forecasts: { snov: { kind: "creates" } } });
  });

  it("tells an unmapped field, a constant, and an integration that is paused or stopped apart", async () => {
    const { id: custom } = await createCustomField({
      ctx: world.ctx,
      input: { name: "Team", type: "text", options: [] },
    });
    const key = customFieldKey(custom);
    expect(await outlook(key)).toEqual({ kind: "unmapped" });
    await world.configure({ constantToSnov: { field: key, value: "Sales" } });
    expect(await outlook(key)).toEqual({ kind: "constant", value: "Sales" });
    await world.configure({ state: "paused" });
    expect(await outlook("city")).toEqual({ kind: "inactive", state: "paused" });
    await world.configure({ state: "broken" });
    expect(await outlook("city")).toEqual({ kind: "inactive", state: "broken" });
    expect((await why("city")).chain).toHaveLength(5);
    await world.configure({ state: "active" });
  });

  it("goes on to the very first change, page by page, each of them once", async () => {
    const many = Array.from({ length: 118 }, (_, at) => ({
      workspaceId: world.ctx.workspaceId,
      kind: "prospect/edited",
      side: "snov" as const,
      prospectId: id,
      cause: { kind: "system" as const },
      // Every second one is of another field.
      changes: [{ field: at % 2 ? "job_title" : "country", label: "", before: `${at}`, after: `${at + 1}` }],
    }));
    await world.db.insert(activities).values(many);
    const walked: string[][] = [];
    let before: number | null = null;
    do {
      const page = await explainField({ ctx: world.ctx, input: { id, field: "country", before } });
      walked.push(page.chain.map(({ delta }) => String(delta.before)));
      before = page.next;
    } while (before);
    expect(walked.map(({ length }) => length)).toEqual([50, 9]);
    expect(walked.flat()).toEqual(Array.from({ length: 59 }, (_, at) => `${116 - 2 * at}`));
  });

  it("still tells the changes while HubSpot cannot be reached", async () => {
    await world.sandbox.control("PUT", "/faults", { down: { ms: 60_000, mode: "drop" } });
    const explained = await why("city");
    expect(explained.outlooks[0]?.outlook).toEqual({ kind: "unreachable" });
    expect(explained.chain).toHaveLength(5);
    await world.sandbox.control("PUT", "/faults", {});
  });

  it("of a prospect in the trash only the past is told", async () => {
    await trashProspects({ ctx: world.ctx, input: { ids: [id] } });
    const explained = await why("city");
    expect(explained.outlooks).toEqual([]);
    expect(explained.chain).toHaveLength(5);
  });

  it("is not found from another workspace", async () => {
    const ctx = { ...world.ctx, workspaceId: crypto.randomUUID() };
    await expect(explainField({ ctx, input: { id, field: "city" } })).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(why("city", "x")).rejects.toMatchObject({ code: "not_found" });
  });
});
