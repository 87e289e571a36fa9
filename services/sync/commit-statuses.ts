import { sql } from "drizzle-orm";
import { atOnce } from "@/db/at-once";
import type { Tx } from "@/db/client";
import { insertMany } from "@/db/insert-many";
import { recordStatuses, seenContacts } from "@/db/schema/sync";
import { writesTo } from "@/sync/writes-to";
import type { SavedLink } from "./commit-links";
import { type Subject, subjectsOf } from "./conflict-subjects";
import { contactShown } from "./contact-reader";
import type { Outcome, Verdict } from "./outcome";
import type { RecordWork } from "./record-work";

/** One row per record; a linked pair has it on the Snov.io side, and every other row that it had goes. */
export async function saveStatuses(
  tx: Tx,
  integrationId: string,
  outcomes: Map<RecordWork, Outcome>,
  saved: Map<RecordWork, SavedLink>,
): Promise<void> {
  const rows = new Map<string, typeof recordStatuses.$inferInsert>();
  const forgotten: Subject[] = [];
  for (const [work, outcome] of outcomes) {
    if (outcome.kind === "again") continue;
    const [subject, ...others] = subjectsOf(work, saved.get(work));
    if (!subject) throw new Error("a settled record was never claimed");
    forgotten.push(...others);
    if (outcome.kind === "forget") {
      forgotten.push(subject);
      continue;
    }
    const at = new Date();
    rows.set(`${subject.side}:${subject.record_id}`, {
      integrationId,
      side: subject.side,
      recordId: subject.record_id,
      ...outcome.verdict,
      at,
      verifiedAt: outcome.verdict.status === "in_sync" ? at : null,
      ...contactAfter(work, outcome.verdict),
    });
  }
  await atOnce([() => forget(tx, integrationId, forgotten), () => save(tx, [...rows.values()])]);
}

async function forget(tx: Tx, integrationId: string, forgotten: Subject[]): Promise<void> {
  if (!forgotten.length) return;
  await tx.execute(sql`
    delete from record_statuses s
    using jsonb_to_recordset(${JSON.stringify(forgotten)}::jsonb) as x(side text, record_id text)
    where s.integration_id = ${integrationId}::uuid and s.side = x.side and s.record_id = x.record_id`);
}

function save(tx: Tx, rows: (typeof recordStatuses.$inferInsert)[]): Promise<void> {
  return insertMany(
    tx,
    recordStatuses,
    rows,
    sql`on conflict (integration_id, side, record_id) do update set
      status = excluded.status, reason = excluded.reason,
      detail = ${detailWithReference}, at = excluded.at,
      verified_at = coalesce(excluded.verified_at, ${recordStatuses.verifiedAt}),
      contact_name = excluded.contact_name, contact_email = excluded.contact_email`,
  );
}

/** A later look finds the same refusal without asking HubSpot again: the reference is still that of its answer. */
const detailWithReference = sql`excluded.detail || case
  when excluded.detail ? 'reference' or excluded.reason is distinct from ${recordStatuses.reason}
    or excluded.detail ->> 'message' is distinct from ${recordStatuses.detail} ->> 'message'
    or excluded.detail ->> 'message' is null then '{}'::jsonb
  else jsonb_strip_nulls(jsonb_build_object('reference', ${recordStatuses.detail} -> 'reference')) end`;

/**
 * Remembers the time of change that was READ, never the answer to our own write: an edit that came between
 * the two must be noticed by the next poll.
 */
export async function saveSeenContacts(tx: Tx, integrationId: string, works: RecordWork[]): Promise<void> {
  const seen = new Map(
    works.flatMap(({ contact }) => (contact ? [[contact.id, contact.updatedAt] as const] : [])),
  );
  await insertMany(
    tx,
    seenContacts,
    [...seen].map(([contactId, contactUpdatedAt]) => ({ integrationId, contactId, contactUpdatedAt })),
    sql`on conflict (integration_id, contact_id) do update set contact_updated_at = excluded.contact_updated_at`,
  );
}

/** The contact as it is once the page's writes are done. Of who asked to be forgotten nothing is kept. */
function contactAfter({ plan, contact }: RecordWork, { reason }: Verdict): ReturnType<typeof contactShown> {
  if (reason === "erased") return { contactName: null, contactEmail: null };
  return contactShown({ ...contact?.fields, ...writesTo(plan, "hubspot") });
}
