import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Notice } from "@/connectors/hubspot/notice";
import type { Tx } from "@/db/client";

const Told = z.array(z.object({ dedupeKey: z.string() }));

/** Those that came by no other way: webhooks and the journal name the same event differently, and date it alike. */
export async function untoldNotices(tx: Tx, notices: Notice[]): Promise<Notice[]> {
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
