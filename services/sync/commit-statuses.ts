import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { recordStatuses, seenContacts } from "@/db/schema/sync";
import type { Side } from "@/sync/side";
import type { SavedLink } from "./commit-links";
import { contactShown } from "./contact-reader";
import type { Outcome, Verdict } from "./outcome";
import type { RecordWork } from "./record-work";

type RecordName = { side: Side; recordId: string };

/** One row per record; a linked pair has it on the Snov.io side, and the contact's own row goes. */
export async function saveStatuses(
  tx: Tx,
  integrationId: string,
  outcomes: Map<RecordWork, Outcome>,
  saved: Map<RecordWork, SavedLink>,
): Promise<void> {
  const rows = new Map<string, typeof recordStatuses.$inferInsert>();
  const forgotten: RecordName[] = [];
  for (const [work, outcome] of outcomes) {
    if (outcome.kind === "again") continue;
    const link = saved.get(work) ?? work.link;
    if (link) forgotten.push({ side: "hubspot", recordId: link.contactId });
    if (outcome.kind === "forget") {
      forgotten.push(...work.claimed.map(({ side, recordId }) => ({ side, recordId })));
      if (link) forgotten.push({ side: "snov", recordId: link.prospectId });
      continue;
    }
    const name = recordOf(work, link?.prospectId);
    const at = new Date();
    rows.set(`${name.side}:${name.recordId}`, {
      integrationId,
      ...name,
      ...outcome.verdict,
      at,
      verifiedAt: outcome.verdict.status === "in_sync" ? at : null,
      ...contactAfter(work, outcome.verdict),
    });
  }
  if (forgotten.length)
    await tx.execute(sql`
      delete from record_statuses s
      using jsonb_to_recordset(${JSON.stringify(forgotten)}::jsonb) as x(side text, "recordId" text)
      where s.integration_id = ${integrationId}::uuid and s.side = x.side and s.record_id = x."recordId"`);
  if (rows.size)
    await tx
      .insert(recordStatuses)
      .values([...rows.values()])
      .onConflictDoUpdate({
        target: [recordStatuses.integrationId, recordStatuses.side, recordStatuses.recordId],
        set: {
          status: sql`excluded.status`,
          reason: sql`excluded.reason`,
          detail: sql`excluded.detail`,
          at: sql`excluded.at`,
          verifiedAt: sql`coalesce(excluded.verified_at, ${recordStatuses.verifiedAt})`,
          contactName: sql`excluded.contact_name`,
          contactEmail: sql`excluded.contact_email`,
        },
      });
}

/**
 * Remembers the time of change that was READ, never the answer to our own write: an edit that came between
 * the two must be noticed by the next poll.
 */
export async function saveSeenContacts(tx: Tx, integrationId: string, works: RecordWork[]): Promise<void> {
  const seen = new Map(
    works.flatMap(({ contact }) => (contact ? [[contact.id, contact.updatedAt] as const] : [])),
  );
  if (!seen.size) return;
  await tx
    .insert(seenContacts)
    .values(
      [...seen].map(([contactId, contactUpdatedAt]) => ({ integrationId, contactId, contactUpdatedAt })),
    )
    .onConflictDoUpdate({
      target: [seenContacts.integrationId, seenContacts.contactId],
      set: { contactUpdatedAt: sql`excluded.contact_updated_at` },
    });
}

/** The contact as it is once the page's writes are done. Of who asked to be forgotten nothing is kept. */
function contactAfter({ plan, contact }: RecordWork, { reason }: Verdict): ReturnType<typeof contactShown> {
  if (reason === "erased") return { contactName: null, contactEmail: null };
  if (plan.kind === "pair") return contactShown({ ...contact?.fields, ...plan.writes.hubspot });
  return contactShown(
    plan.kind === "create" && plan.on === "hubspot" ? plan.fields : (contact?.fields ?? {}),
  );
}

function recordOf(work: RecordWork, linkedProspectId: string | undefined): RecordName {
  const prospectId = linkedProspectId ?? work.link?.prospectId ?? work.prospect?.id;
  if (prospectId) return { side: "snov", recordId: prospectId };
  if (work.contact) return { side: "hubspot", recordId: work.contact.id };
  const [asked] = work.claimed;
  if (!asked) throw new Error("a settled record was never claimed");
  return { side: asked.side, recordId: asked.recordId };
}
