import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { FieldChange, prospects } from "@/db/schema/prospects";
import { matchKey } from "@/sync/match-key";
import type { Value } from "@/sync/value";
import { lockProspects } from "./lock-prospects";
import { applyWrites } from "./prospect-record";
import { findProspectsByMatchKeys } from "./read-prospects";

export type ProspectUpdate = {
  id: string;
  /** That was read. */
  version: number;
  writes: Record<string, Value>;
  /** Of values that are put back: when and by whom each was given. */
  givenBefore?: Record<string, FieldChange>;
  /** The primary address that another one replaces stays, as a further one. */
  keepsAddress?: boolean;
};
export type ProspectUpdateOutcome = "updated" | "moved_up" | "moved" | "email_taken";

/**
 * Writes the prospects that still have the version that was read, in one statement.
 * `moved_up`: written, and another phone is the first one now. `moved`: somebody wrote it since, look again. `email_taken`: the new address is another prospect's.
 */
export async function updateProspects(
  tx: Tx,
  workspaceId: string,
  updates: ProspectUpdate[],
  change: FieldChange,
): Promise<Map<string, ProspectUpdateOutcome>> {
  if (!updates.length) return new Map();
  const rowOf = await lockProspects(
    tx,
    workspaceId,
    updates.map(({ id }) => id),
  );
  const owners = await findProspectsByMatchKeys(
    tx,
    workspaceId,
    updates.flatMap(({ writes }) => newMatchKey(writes) ?? []),
  );

  const outcomes = new Map<string, ProspectUpdateOutcome>();
  const changed: ReturnType<typeof nextRow>[] = [];
  const emails: NewPrimary[] = [];
  for (const update of updates) {
    const row = rowOf.get(update.id);
    const key = newMatchKey(update.writes);
    const owner = key === undefined ? undefined : owners.get(key);
    const taken = owner !== undefined && owner !== update.id;
    if (!row || row.deletedAt || row.version !== update.version) outcomes.set(update.id, "moved");
    else if (taken) outcomes.set(update.id, "email_taken");
    else {
      const next = nextRow(row, update, change);
      const movedUp = update.writes.phone === null && next.phones.length > 0;
      outcomes.set(update.id, movedUp ? "moved_up" : "updated");
      changed.push(next);
      if (key !== undefined)
        emails.push({
          id: update.id,
          email: String(update.writes.email).trim(),
          key,
          keeps: update.keepsAddress === true,
        });
    }
  }
  if (changed.length) await writeRows(tx, changed);
  if (emails.length) await replacePrimaryEmails(tx, workspaceId, emails);
  return outcomes;
}

function nextRow(
  row: typeof prospects.$inferSelect,
  { writes, givenBefore = {} }: ProspectUpdate,
  change: FieldChange,
) {
  const next = applyWrites(row, writes);
  const stamps = Object.fromEntries(Object.keys(writes).map((key) => [key, givenBefore[key] ?? change]));
  return { ...next, fieldChanges: { ...row.fieldChanges, ...stamps } };
}

async function writeRows(tx: Tx, rows: ReturnType<typeof nextRow>[]): Promise<void> {
  const json = JSON.stringify(
    rows.map((row) => ({
      id: row.id,
      first_name: row.firstName,
      last_name: row.lastName,
      job_title: row.jobTitle,
      company: row.company,
      website: row.website,
      country: row.country,
      city: row.city,
      industry: row.industry,
      linkedin_url: row.linkedinUrl,
      phones: row.phones,
      custom: row.custom,
      field_changes: row.fieldChanges,
    })),
  );
  await tx.execute(sql`
    update prospects p set
      first_name = x.first_name, last_name = x.last_name, job_title = x.job_title, company = x.company,
      website = x.website, country = x.country, city = x.city, industry = x.industry, linkedin_url = x.linkedin_url,
      phones = x.phones, custom = x.custom, field_changes = x.field_changes,
      version = p.version + 1, updated_at = now()
    from jsonb_to_recordset(${json}::jsonb) as x(
      id uuid, first_name text, last_name text, job_title text, company text, website text, country text, city text,
      industry text, linkedin_url text, phones text[], custom jsonb, field_changes jsonb)
    where p.id = x.id`);
}

type NewPrimary = { id: string; email: string; key: string; keeps: boolean };

/** One that stays takes the place among the further ones that the new one leaves, or the first. */
async function replacePrimaryEmails(tx: Tx, workspaceId: string, emails: NewPrimary[]): Promise<void> {
  const given = sql`jsonb_to_recordset(${JSON.stringify(emails)}::jsonb) as x(id uuid, email text, key text, keeps boolean)`;
  await tx.execute(sql`
    update prospect_emails e set is_primary = false, position = coalesce((
      select o.position from prospect_emails o where o.prospect_id = x.id and o.match_key = x.key), e.position)
    from ${given} where e.prospect_id = x.id and x.keeps and e.is_primary and e.match_key <> x.key`);
  await tx.execute(sql`
    delete from prospect_emails e using ${given} where e.prospect_id = x.id and (e.is_primary or e.match_key = x.key)`);
  await tx.execute(sql`
    insert into prospect_emails (prospect_id, workspace_id, email, match_key, is_primary)
    select x.id, ${workspaceId}::uuid, x.email, x.key, true from ${given}`);
}

function newMatchKey(writes: Record<string, Value>): string | undefined {
  const email = writes.email;
  return typeof email === "string" && email.trim() ? matchKey(email) : undefined;
}
