import type { Both, Side } from "@/sync/side";
import type { Value } from "@/sync/value";
import type { MappedField } from "../settings";
import { readHubspot } from "../values";
import type { World } from "../world";

/** Both sides and what the engine says about them, read past every service. */
export type FinalState = {
  prospects: Map<
    string,
    { id: string; live: boolean; version: number; emails: string[]; fields: Record<string, Value> }
  >;
  contacts: Map<
    string,
    { id: string; live: boolean; updatedAt: number; emails: string[]; properties: Record<string, string> }
  >;
  links: FinalLink[];
  /** Every pairing that ever was, and since when (milliseconds). */
  pairs: { prospectId: string; contactId: string; since: number }[];
  /** Links that were given up, and when. */
  ended: { prospectId: string; contactId: string; at: number }[];
  /** When people took prospects out of the trash, and when we put some there, in milliseconds. */
  restored: { prospectId: string; at: number }[];
  trashed: { prospectId: string; at: number }[];
  trashedByPeople: { prospectId: string; at: number }[];
  /** Of a field: its values, or the address that it may not have. */
  conflicts: {
    kind: string;
    linkId: string;
    field: MappedField;
    base: Value;
    snov: Value;
    hubspot: Value;
    outcome: string | null;
  }[];
  /** Conflicts about records themselves: `snov <id>` and `hubspot <id>` of all that they name. */
  disputed: Set<string>;
  /** Every open question: about whom, and which record stands against it. */
  disputes: {
    kind: string;
    side: Side;
    id: string;
    other: { side: Side; id: string } | null;
    linkId: string | null;
    field: MappedField | undefined;
  }[];
  statuses: Map<string, { status: string; reason: string | null; detail: Record<string, string> }>;
  activities: Activity[];
  pending: string[];
};
export type FinalLink = {
  id: string;
  prospectId: string;
  contactId: string;
  /** What both sides last agreed on, as they share it. */
  base: { field: MappedField; value: Value }[];
  /** Fields of which a person discarded a change, or took it back, with the values both sides had then. */
  declined: { field: MappedField; values: Both<Value> & { undone?: true } }[];
};
export type Activity = {
  id: number;
  at: number;
  runId: string | null;
  side: Side | null;
  kind: string;
  prospectId: string | null;
  contactId: string | null;
  cause: { kind: string; conflictId?: string };
  changes: { field: string; before: Value; after: Value }[];
};

export async function readFinalState(world: World): Promise<FinalState> {
  const { database, settings } = world;
  const rows = async (query: string) =>
    (await database.raw(`select to_jsonb(t) as row from (${query}) t`)).map(({ row }) =>
      typeof row === "string" ? JSON.parse(row) : row,
    );
  const mappings = await rows("select id, snov_field from field_mappings");
  const fieldOf = new Map<string, MappedField | undefined>(
    mappings.map(({ id, snov_field }) => [id, settings.fields.find(({ snov }) => snov === snov_field)]),
  );
  const prospects = await rows(
    `select p.*, (select coalesce(jsonb_agg(e.email order by e.is_primary desc, e.position, e.match_key), '[]')
      from prospect_emails e where e.prospect_id = p.id) as emails from prospects p order by p.created_at, p.id`,
  );
  const statuses = await rows("select * from record_statuses");
  const conflicts = await rows("select * from conflicts where closed_at is null order by id");
  const links = await rows("select * from record_links order by created_at, id");
  const pairs = await rows(
    `select is_now->>'prospect_id' as prospect, is_now->>'contact_id' as contact,
      extract(epoch from min(at)) * 1000 as since
      from sim_journal where source = 'record_links' and is_now is not null group by 1, 2 order by 1, 2`,
  );
  const ended = await rows(
    `select was->>'prospect_id' as prospect, was->>'contact_id' as contact, extract(epoch from at) * 1000 as at
      from sim_journal where source = 'record_links' and is_now is null order by seq`,
  );
  const moments = async (which: string): Promise<{ prospectId: string; at: number }[]> => {
    const found = await rows(
      `select is_now->>'id' as prospect, extract(epoch from at) * 1000 as at from sim_journal
        where source = 'prospects' and is_now is not null and ${which} order by seq`,
    );
    return found.map(({ prospect: prospectId, at }) => ({ prospectId, at: Number(at) }));
  };
  const restored = await moments(
    "actor = 'ana' and was->>'deleted_at' is not null and is_now->>'deleted_at' is null",
  );
  const trashed = await moments(
    "actor <> 'ana' and was->>'deleted_at' is null and is_now->>'deleted_at' is not null",
  );
  const trashedByPeople = await moments(
    "actor = 'ana' and was->>'deleted_at' is null and is_now->>'deleted_at' is not null",
  );
  const activities = await rows("select * from activities order by id");
  const pending = await rows("select side, record_id from pending_records order by id");
  return {
    prospects: new Map(
      prospects.map((row) => [
        row.id,
        {
          id: row.id,
          live: row.deleted_at === null,
          version: row.version,
          emails: row.emails,
          fields: fieldsOfRow(row, row.emails[0] ?? null),
        },
      ]),
    ),
    contacts: new Map(
      [false, true].flatMap((archived) =>
        [...world.account.contacts.from(0, archived)].map(({ id, properties, updatedAt }) => [
          id,
          { id, live: !archived, updatedAt, properties, emails: emailsOf(properties) },
        ]),
      ),
    ),
    links: links.map(({ id, prospect_id: prospectId, contact_id: contactId, base, declined }) => ({
      id,
      prospectId,
      contactId,
      base: Object.entries(base as Record<string, Value>).flatMap(([mapping, value]) => {
        const field = fieldOf.get(mapping);
        return field ? [{ field, value }] : [];
      }),
      declined: Object.entries(declined.values as Record<string, Both<Value>>).flatMap(
        ([mapping, values]) => {
          const field = fieldOf.get(mapping);
          return field ? [{ field, values }] : [];
        },
      ),
    })),
    conflicts: conflicts.flatMap(({ kind, link_id: linkId, mapping_id, base_value: base, ...values }) => {
      const field = fieldOf.get(mapping_id);
      const { snov_value: snov, hubspot_value: hubspot, outcome } = values;
      return field ? [{ kind, linkId, field, base, snov, hubspot, outcome }] : [];
    }),
    pairs: pairs.map(({ prospect: prospectId, contact: contactId, since }) => ({
      prospectId,
      contactId,
      since: Number(since),
    })),
    ended: ended.map(({ prospect: prospectId, contact: contactId, at }) => ({
      prospectId,
      contactId,
      at: Number(at),
    })),
    restored,
    trashed,
    trashedByPeople,
    disputed: new Set(
      conflicts
        .filter(({ kind }) => kind !== "value")
        .flatMap(({ side, record_id, other_side, other_id, mapping_id }) => [
          // With a mapping it holds only that field of its record back.
          ...(mapping_id ? [] : [`${side} ${record_id}`]),
          ...(other_id ? [`${other_side} ${other_id}`] : []),
        ]),
    ),
    disputes: conflicts.map(
      ({ kind, side, record_id: id, other_side, other_id, link_id: linkId, mapping_id }) => ({
        kind,
        side,
        id,
        other: other_id === null ? null : { side: other_side, id: other_id },
        linkId,
        field: fieldOf.get(mapping_id),
      }),
    ),
    statuses: new Map(statuses.map((row) => [`${row.side} ${row.record_id}`, row])),
    activities: activities.map(
      ({ prospect_id: prospectId, contact_id: contactId, at, run_id: runId, ...row }) => ({
        ...row,
        at: Date.parse(at),
        runId,
        prospectId,
        contactId,
      }),
    ),
    pending: pending.map(({ side, record_id }) => `${side} ${record_id}`),
  };
}

/** A prospect's row as fields; a column's name is its field's. */
export function fieldsOfRow(
  row: Record<string, unknown> & { phones: string[]; custom: Record<string, Value> },
  email: string | null,
): Record<string, Value> {
  const fields: Record<string, Value> = { email, phone: row.phones[0] ?? null };
  for (const name of columns) fields[name] = (row[name] as string | null) ?? null;
  for (const [id, value] of Object.entries(row.custom)) fields[`custom:${id}`] = value;
  return fields;
}
const columns = "first_name last_name job_title company website country city industry linkedin_url".split(
  " ",
);

export function valuesOf(
  field: MappedField,
  prospect: { fields: Record<string, Value> },
  contact: { properties: Record<string, string> },
): { snov: Value; hubspot: Value } {
  return {
    snov: prospect.fields[field.snov] ?? null,
    hubspot: readHubspot(field, contact.properties[field.hubspot]),
  };
}

/** The contact that an id answers with today: a merged one answers with its survivor. */
export function contactOf(world: World, state: FinalState, id: string) {
  const current = world.account.contacts.get(id)?.id;
  return current === undefined ? undefined : state.contacts.get(current);
}

function emailsOf({ email, hs_additional_emails: more }: Record<string, string>): string[] {
  return [email, ...(more?.split(";") ?? [])].filter((address) => address !== undefined);
}
