import { createProspect } from "@/services/prospects/create-prospect";
import { editProspect } from "@/services/prospects/edit-prospect";
import { restoreProspects } from "@/services/prospects/restore-prospects";
import { trashProspects } from "@/services/prospects/trash-prospects";
import type { Value } from "@/sync/value";
import { unmapped } from "../settings";
import { typedInSnov } from "../values";
import type { World } from "../world";
import { asAna } from "./as-ana";
import { anEmail } from "./emails";

type Row = { id: string; version: number; deleted: boolean; values: Record<string, Value> };

/** What Ana does to the workspace's prospects, through the verbs behind its pages. */
export async function createAProspect(world: World, given?: Record<string, Value>): Promise<void> {
  const values = given ?? {
    emails: world.random.chance(0.9) ? [anEmail(world)] : null,
    first_name: `Ana's ${world.counts.edits}`,
    ...Object.fromEntries(someFields(world).map((field) => [field.snov, typedBy(world, field)])),
  };
  await asAna(world, `creates a prospect ${show(values)}`, () =>
    createProspect({ ctx: world.ctx, input: { values: asForm(values), listIds: [] } }),
  );
}

export async function editAProspect(world: World): Promise<void> {
  const row = await aProspect(world, { deleted: false });
  if (!row) return;
  const { random } = world;
  if (random.chance(0.1)) return void world.forms.push(row);
  const form = random.chance(0.15) ? world.forms.find(({ id }) => id === row.id) : undefined;
  const { id, version, values } = form ?? row;
  const changes = [aChange(world, values as Row["values"])];
  await asAna(world, `edits prospect ${id}${form ? " in an old form" : ""} ${show(changes)}`, () =>
    editProspect({ ctx: world.ctx, input: { id, version, changes } }),
  );
}

export async function editProspectField(
  world: World,
  id: string,
  field: string,
  value: Value,
): Promise<void> {
  const row = (await readRows(world)).find((candidate) => candidate.id === id);
  if (!row || row.deleted) return;
  const changes = [{ field, seen: row.values[field] ?? null, value }];
  await asAna(world, `edits prospect ${id} ${show(changes)}`, () =>
    editProspect({ ctx: world.ctx, input: { id, version: row.version, changes } }),
  );
}

export async function trashAProspect(world: World): Promise<void> {
  const row = await aProspect(world, { deleted: false });
  if (row) await trashProspect(world, row.id);
}

export async function trashProspect(world: World, id: string): Promise<void> {
  await asAna(world, `trashes prospect ${id}`, () =>
    trashProspects({ ctx: world.ctx, input: { ids: [id] } }),
  );
}

export async function restoreAProspect(world: World): Promise<void> {
  const row = await aProspect(world, { deleted: true });
  if (!row) return;
  await asAna(world, `restores prospect ${row.id}`, () =>
    restoreProspects({ ctx: world.ctx, input: { ids: [row.id] } }),
  );
}

function aChange(world: World, values: Row["values"]): { field: string; seen: Value; value: Value } {
  const { random, settings } = world;
  const seenOf = (field: string) => values[field] ?? null;
  if (random.chance(0.15)) {
    const emails = [seenOf("emails")].flat().filter((email) => typeof email === "string");
    const others = random.chance(0.3) ? emails.slice(0, 1) : [];
    const value = random.chance(0.08) ? null : [anEmail(world), ...others];
    return { field: "emails", seen: seenOf("emails"), value };
  }
  if (random.chance(0.1)) {
    const field = random.pick(unmapped.snov);
    return { field, seen: seenOf(field), value: `https://${field}${world.counts.edits}.example` };
  }
  const field = random.pick(settings.fields.filter(({ snov }) => snov !== "email"));
  const value = typedBy(world, field);
  if (field.snov !== "phone") return { field: field.snov, seen: seenOf(field.snov), value };
  return { field: "phones", seen: seenOf("phones"), value: value === null ? null : [String(value)] };
}

function typedBy(world: World, field: World["settings"]["fields"][number]): Value {
  return typedInSnov(world.random, field, world.counts.edits);
}

function someFields({ random, settings }: World) {
  return settings.fields.filter(({ snov }) => snov !== "email" && random.chance(0.6));
}

/** A form has one list of phones. */
function asForm({ phone, ...values }: Record<string, Value>): Record<string, Value> {
  return phone === undefined ? values : { ...values, phones: phone === null ? null : [String(phone)] };
}

async function aProspect(world: World, which: { deleted: boolean }): Promise<Row | undefined> {
  const rows = (await readRows(world)).filter(({ deleted }) => deleted === which.deleted);
  return rows.length ? world.random.pick(rows) : undefined;
}

/** What the prospect's page shows. */
async function readRows({ database }: World): Promise<Row[]> {
  const rows = await database.raw(`
    select to_jsonb(p) - 'search_words' as row, coalesce((
      select jsonb_agg(e.email order by e.is_primary desc, e.position, e.match_key)
      from prospect_emails e where e.prospect_id = p.id), '[]') as emails
    from prospects p order by p.created_at, p.id`);
  return rows.map(({ row, emails }) => {
    const { id, version, deleted_at, custom, phones, ...columns } = JSON.parse(text(row));
    const values = { ...columns, phones, emails: JSON.parse(text(emails)) };
    for (const [key, value] of Object.entries(custom)) values[`custom:${key}`] = value;
    return { id, version, deleted: deleted_at !== null, values };
  });
}

function text(json: unknown): string {
  return typeof json === "string" ? json : JSON.stringify(json);
}

function show(what: unknown): string {
  return JSON.stringify(what);
}
