import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { NoticeParams } from "@/db/schema/notices";
import type { NoticeKind } from "@/lib/notice-kinds";
import { queueAtOnce } from "@/services/mail/queue-at-once";

export type NewNotice = {
  workspaceId: string;
  integrationId: string;
  kind: NoticeKind;
  runId?: string;
  params?: NoticeParams;
};

/**
 * Tells the members of a workspace, in the transaction of what they are told of. What is told already and still so
 * stays one notice, which then says how it is now.
 */
export async function raiseNotices(tx: Tx, raised: NewNotice[]): Promise<void> {
  if (!raised.length) return;
  const given = JSON.stringify(raised.map((notice) => ({ ...notice, params: notice.params ?? {} })));
  const told = await tx.execute<{ id: string; isNew: boolean }>(sql`
    insert into notices (workspace_id, integration_id, kind, run_id, params)
    select * from jsonb_to_recordset(${given}::jsonb)
      as x("workspaceId" uuid, "integrationId" uuid, kind text, "runId" uuid, params jsonb)
    on conflict (integration_id, kind, coalesce(run_id::text, '')) where ended_at is null
    do update set params = excluded.params, news_at = case when ${hasGrown} then now() else notices.news_at end
    where notices.params <> excluded.params
    returning id, (xmax = 0) as "isNew"`);
  await queueAtOnce(
    tx,
    told.filter(({ isNew }) => isNew).map(({ id }) => id),
  );
}

const hasGrown: SQL = sql`coalesce((excluded.params ->> 'count')::int > (notices.params ->> 'count')::int, false)`;
