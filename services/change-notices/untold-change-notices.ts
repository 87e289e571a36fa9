import { sql } from "drizzle-orm";
import { z } from "zod";
import type { ChangeNotice } from "@/connectors/hubspot/change-notice";
import type { Tx } from "@/db/client";
import { untoldChanges } from "@/db/schema/journal";

const Told = z.array(z.object({ dedupeKey: z.string() }));

/** Those that came by no other way: webhooks and the journal name the same event differently, and date it alike. */
export async function untoldChangeNotices(tx: Tx, notices: ChangeNotice[]): Promise<ChangeNotice[]> {
  if (!notices.length) return [];
  const rows = await tx.execute(sql`
    select "dedupeKey" from jsonb_to_recordset(${JSON.stringify(notices)}::jsonb) as given(
      "dedupeKey" text, "accountId" text, kind text, "contactIds" jsonb, "occurredAt" timestamptz)
    where exists (
      select from change_notices told where told.account_id = given."accountId" and told.kind = given.kind
        and told.record_id = given."contactIds"->>0 and told.occurred_at = given."occurredAt")`);
  const told = new Set(Told.parse([...rows]).map(({ dedupeKey }) => dedupeKey));
  return notices.filter(({ dedupeKey }) => !told.has(dedupeKey));
}

/** Remembers that no webhook had told of them by now, for whoever asks how well those arrive. */
export async function noteUntold(tx: Tx, notices: ChangeNotice[]): Promise<void> {
  if (!notices.length) return;
  await tx
    .insert(untoldChanges)
    .values(
      notices.map(({ dedupeKey, accountId, contactIds, occurredAt }) => ({
        way: "journal" as const,
        accountId,
        recordId: contactIds[0],
        dedupeKey,
        brought: true,
        occurredAt,
      })),
    )
    .onConflictDoNothing();
}
