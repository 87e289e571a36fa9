import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { customFieldUses, liveCustomFields } from "@/db/queries/custom-fields";
import { hubspotProperties } from "@/db/schema/connections";
import { fieldMappings, integrations } from "@/db/schema/integrations";
import { prospects } from "@/db/schema/prospects";
import { activities } from "@/db/schema/sync";
import type { Ctx } from "@/services/context";
import { createCustomField } from "@/services/prospects/create-custom-field";
import { createProspect } from "@/services/prospects/create-prospect";
import { deleteCustomField, useId } from "@/services/prospects/delete-custom-field";
import { editCustomField } from "@/services/prospects/edit-custom-field";
import { fieldTypes, type Value } from "@/sync/value";
import { openWorkshop, type Workshop } from "./workshop";

let shop: Workshop;
let ctx: Ctx;

beforeAll(async () => {
  shop = await openWorkshop();
});
afterAll(() => shop.close());
beforeEach(async () => {
  ctx = await shop.member("admin");
});

const text = (name: string, as = ctx) => createCustomField({ ctx: as, input: { name, type: "text" } });

// Verifies: R-04
test("every type can be created and holds a value of its kind", async () => {
  const given: Record<string, [Value, Value]> = {
    text: ["hello", "hello"],
    number: ["12345678901234567890.5", "12345678901234567890.5"],
    date: ["2026-02-28", "2026-02-28"],
    datetime: ["2026-02-28T10:00:00-03:00", "2026-02-28T13:00:00.000Z"],
    boolean: [false, false],
    choice: ["red", "red"],
    choices: [
      ["red", "green"],
      ["red", "green"],
    ],
  };
  const values: Record<string, Value> = { first_name: "Ana" };
  const expected: Record<string, Value> = {};
  for (const type of fieldTypes) {
    const options = [{ label: "Red" }, { label: "Green" }];
    const field = await createCustomField({ ctx, input: { name: type, type, options } });
    const [raw, stored] = given[type] ?? [null, null];
    values[`custom:${field.id}`] = raw;
    expected[field.id] = stored;
  }
  const { id } = await createProspect({ ctx, input: { values } });
  const [row] = await shop.db.select().from(prospects).where(eq(prospects.id, id));
  expect(row?.custom).toEqual(expected);
});

test("a value of the wrong kind is refused under its field's name", async () => {
  const wrong: [(typeof fieldTypes)[number], Value, string][] = [
    ["number", "1,5", "not_a_number"],
    ["date", "2026-02-30", "not_a_date"],
    ["datetime", "tomorrow", "not_a_date_time"],
    ["boolean", "yes", "not_yes_no"],
    ["choice", "blue", "not_a_choice"],
    ["choices", ["red", "blue"], "not_a_choice"],
  ];
  for (const [type, value, reason] of wrong) {
    const field = await createCustomField({ ctx, input: { name: type, type, options: [{ label: "Red" }] } });
    const key = `custom:${field.id}`;
    await expect(
      createProspect({ ctx, input: { values: { first_name: "Ana", [key]: value } } }),
    ).rejects.toMatchObject({ details: { fields: { [key]: reason } } });
  }
});

test("choices keep their values when renamed, and a removed choice's value is never given again", async () => {
  const { id, options } = await createCustomField({
    ctx,
    input: { name: "Plan", type: "choice", options: [{ label: "Prêmio" }, { label: "premio!" }] },
  });
  expect(options.map(({ value }) => value)).toEqual(["premio", "premio_2"]);
  const edited = await editCustomField({
    ctx,
    input: { id, name: "Tier", options: [{ value: "premio_2", label: "Gold" }, { label: "Premio" }] },
  });
  expect(edited.options).toEqual([
    { value: "premio_2", label: "Gold" },
    { value: "premio_3", label: "Premio" },
  ]);
});

test("a name is given once, and choices must exist and differ", async () => {
  await text("Budget");
  await expect(text("budget")).rejects.toMatchObject({ details: { reason: "field_name_taken" } });
  const choice = (options: { label: string }[]) =>
    createCustomField({ ctx, input: { name: "C", type: "choice", options } });
  await expect(choice([])).rejects.toMatchObject({ details: { fields: { options: "choices_missing" } } });
  await expect(choice([{ label: "A" }, { label: "a" }])).rejects.toMatchObject({
    details: { fields: { options: "choices_alike" } },
  });
});

// Verifies: R-04
test("deleting a mapped field warns with the mapping, then stops that mapping alone and keeps the values", async () => {
  const [budget, other] = [await text("Budget"), await text("Other")];
  const integrationId = await shop.integration(ctx.workspaceId);
  const [row] = await shop.db.select().from(integrations).where(eq(integrations.id, integrationId));
  if (!row) throw new Error("gone");
  await shop.db.insert(hubspotProperties).values({
    connectionId: row.connectionId,
    name: "budget",
    definition: {
      side: "hubspot",
      key: "budget",
      label: "Deal budget",
      type: "text",
      options: [],
      writable: true,
      custom: true,
    },
  });
  const mappingId = await shop.mapping(integrationId, `custom:${budget.id}`, "budget");
  await shop.mapping(integrationId, `custom:${other.id}`, "other");
  const { id } = await createProspect({
    ctx,
    input: { values: { first_name: "Ana", [`custom:${budget.id}`]: "9" } },
  });

  await expect(deleteCustomField({ ctx, input: { id: budget.id } })).rejects.toMatchObject({
    code: "in_use",
    details: {
      reason: "field_mapped",
      values: { field: "Budget", integration: "Acme", property: "Deal budget" },
    },
  });
  const uses = await customFieldUses(shop.db, ctx.workspaceId, budget.id);
  await deleteCustomField({ ctx, input: { id: budget.id, confirmedUses: uses.map(useId) } });

  const mappings = await shop.db
    .select({ id: fieldMappings.id, stopped: fieldMappings.stoppedReason })
    .from(fieldMappings)
    .where(eq(fieldMappings.integrationId, integrationId));
  expect(mappings.filter(({ stopped }) => stopped)).toEqual([
    { id: mappingId, stopped: "snov_field_deleted" },
  ]);
  expect((await liveCustomFields(shop.db, ctx.workspaceId)).map(({ name }) => name)).toEqual(["Other"]);
  const [kept] = await shop.db.select().from(prospects).where(eq(prospects.id, id));
  expect(kept?.custom[budget.id]).toBe("9");
  const told = await shop.db.select().from(activities).where(eq(activities.integrationId, integrationId));
  expect(told).toMatchObject([{ kind: "mapping/stopped", changes: [{ before: "Budget ↔ Deal budget" }] }]);
  expect(await customFieldUses(shop.db, ctx.workspaceId, budget.id)).toEqual([]);
});

test("deleting a field that carries a constant warns too, and takes the constant away", async () => {
  const field = await text("Origin");
  const constant = { field: `custom:${field.id}`, value: "HubSpot" };
  const integrationId = await shop.integration(ctx.workspaceId, { constantToSnov: constant });
  await expect(deleteCustomField({ ctx, input: { id: field.id } })).rejects.toMatchObject({
    details: { reason: "field_is_constant" },
  });
  await deleteCustomField({ ctx, input: { id: field.id, confirmedUses: [integrationId] } });
  const [row] = await shop.db.select().from(integrations).where(eq(integrations.id, integrationId));
  expect(row?.constantToSnov).toBeNull();
});

test("members may create and edit fields, only owners and admins delete them, and only their own workspace's", async () => {
  const member = await shop.member("member", ctx.workspaceId);
  const field = await text("Notes", member);
  await editCustomField({ ctx: member, input: { id: field.id, name: "Remarks" } });
  await expect(deleteCustomField({ ctx: member, input: { id: field.id } })).rejects.toMatchObject({
    code: "forbidden",
  });
  const stranger = await shop.member("owner");
  await expect(deleteCustomField({ ctx: stranger, input: { id: field.id } })).rejects.toMatchObject({
    code: "not_found",
  });
  await expect(
    editCustomField({ ctx: stranger, input: { id: field.id, name: "Mine" } }),
  ).rejects.toMatchObject({ code: "not_found" });
});
