import { isDeepStrictEqual } from "node:util";
import type { Value } from "@/sync/value";
import type { MappedField } from "../settings";
import { readHubspot } from "../values";
import type { World } from "../world";
import { fieldsOfRow } from "./final-state";

/** One value that a field took, when, and by whom: `app` for every process of ours, else a person. */
export type Entry = { at: number; by: string; value: Value };

/** Side, record and field → what it held, oldest first. Every field of both sides, mapped or not. */
export type Journal = Map<string, Entry[]>;

export async function readJournal(world: World): Promise<Journal> {
  const journal: Journal = new Map();
  const add = (key: string, entry: Entry) => {
    const entries = journal.get(key) ?? [];
    journal.set(key, [...entries, entry]);
  };
  for (const { at, by, contactId, kind, properties } of world.contacts.changes) {
    if (kind === "vanished") continue;
    for (const [name, { is }] of Object.entries(properties)) {
      const field = world.settings.fields.find(({ hubspot }) => hubspot === name) ?? {
        type: "text" as const,
      };
      add(`hubspot ${contactId} ${name}`, { at, by, value: readHubspot(field, is) });
    }
  }
  for (const { at, by, prospectId, fields } of await prospectMoments(world))
    for (const [name, value] of Object.entries(fields)) {
      const key = `snov ${prospectId} ${name}`;
      const last = journal.get(key)?.at(-1);
      if (JSON.stringify(last?.value ?? null) !== JSON.stringify(value)) add(key, { at, by, value });
    }
  return journal;
}

type Moment = { at: number; by: string; prospectId: string; fields: Record<string, Value> };

/** What each transaction left: rows it wrote on the way there are not moments of their own. */
async function prospectMoments({ database }: World): Promise<Moment[]> {
  const rows = await database.raw(
    `select extract(epoch from at) * 1000 as at, actor, source, was, is_now from sim_journal
     where source <> 'record_links' order by seq`,
  );
  const current = new Map<string, { row: Row | null; emails: Map<string, EmailRow> }>();
  const moments: Moment[] = [];
  let open: { at: number; by: string; ids: Set<string> } | undefined;
  const close = () => {
    for (const id of open?.ids ?? []) {
      const { row, emails } = current.get(id) ?? { row: null, emails: new Map() };
      if (!row || !open) continue;
      const primary = [...emails.values()].find(({ is_primary }) => is_primary);
      moments.push({
        at: open.at,
        by: open.by,
        prospectId: id,
        fields: fieldsOfRow(row, primary?.email ?? null),
      });
    }
  };
  for (const { at, actor, source, was, is_now } of rows) {
    const [before, after] = [parsed(was), parsed(is_now)];
    const by = actor === "ana" ? "ana" : "app";
    if (open && (open.at !== Number(at) || open.by !== by)) {
      close();
      open = undefined;
    }
    open ??= { at: Number(at), by, ids: new Set() };
    const id = String(source === "prospects" ? (after ?? before)?.id : (after ?? before)?.prospect_id);
    open.ids.add(id);
    const entry = current.get(id) ?? { row: null, emails: new Map() };
    current.set(id, entry);
    if (source === "prospects") entry.row = after as Row | null;
    else {
      if (before) entry.emails.delete(String(before.match_key));
      if (after) entry.emails.set(String(after.match_key), after as EmailRow);
    }
  }
  close();
  return moments;
}

type Row = Record<string, unknown> & { phones: string[]; custom: Record<string, Value> };
type EmailRow = Record<string, unknown> & { email: string; is_primary: boolean };

function parsed(json: unknown): Record<string, unknown> | null {
  if (json === null || json === undefined) return null;
  return typeof json === "string" ? JSON.parse(json) : (json as Record<string, unknown>);
}

export function entriesOf(
  journal: Journal,
  side: "snov" | "hubspot",
  id: string,
  field: MappedField,
): Entry[] {
  return journal.get(`${side} ${id} ${field[side]}`) ?? [];
}

/** What a field held at a moment. */
export function valueAt(entries: Entry[], at: number): Value {
  return entries.findLast((entry) => entry.at <= at)?.value ?? null;
}

/** Who gave the field the value that it has; a person where nobody ever did, since only people leave blanks. */
export function lastWriter(
  journal: Journal,
  side: "snov" | "hubspot",
  id: string,
  field: MappedField,
): string {
  const [last, ours, theirs] = entriesOf(journal, side, id, field).toReversed();
  const isPutBack =
    last?.by === "app" && ours?.by === "app" && theirs && isDeepStrictEqual(theirs.value, last.value);
  return (isPutBack ? theirs.by : last?.by) ?? "nobody";
}

/** Every id under which a contact was known before it was merged into this one, and its own. */
export function formerIdsOf(world: World, contactId: string): string[] {
  return world.contacts.ids().filter((id) => sameContact(world, id, contactId));
}

export function sameContact(world: World, a: string, b: string): boolean {
  return (world.account.contacts.get(a)?.id ?? a) === (world.account.contacts.get(b)?.id ?? b);
}
