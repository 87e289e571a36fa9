import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { isToldAgain, stopsAnother } from "@/db/queries/told-again";
import { refreshFaultKinds } from "@/db/schema/connections";
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
 * stays one notice, which then says how it is now, and is told at once again where it has grown by much; but a
 * connection that ends after it could not be renewed is told anew.
 */
export async function raiseNotices(tx: Tx, raised: NewNotice[]): Promise<void> {
  if (!raised.length) return;
  const rows = JSON.stringify(raised.map((notice) => ({ ...notice, params: notice.params ?? {} })));
  const given = sql`jsonb_to_recordset(${rows}::jsonb)
    as x("workspaceId" uuid, "integrationId" uuid, kind text, "runId" uuid, params jsonb)`;
  await tx.execute(sql`
    update notices n set ended_at = now() from ${given}
    where n.integration_id = x."integrationId" and n.kind = x.kind and n.ended_at is null
      and ${isFault(sql`n.params`)} and not ${isFault(sql`x.params`)}`);
  const told = await tx.execute<{ id: string; isTold: boolean }>(sql`
    insert into notices (workspace_id, integration_id, kind, run_id, params, told_count)
    select x.*, (x.params ->> 'count')::int from ${given}
    on conflict (integration_id, kind, coalesce(run_id::text, '')) where ended_at is null
    do update set params = excluded.params, news_at = case when ${isNews} then now() else notices.news_at end,
      told_at = case when ${isAgain} then now() else notices.told_at end,
      told_count = case when ${isAgain} then excluded.told_count else least(notices.told_count, excluded.told_count) end
    where notices.params <> excluded.params or ${isAgain}
    returning id, told_at = now() as "isTold"`);
  await queueAtOnce(
    tx,
    told.filter(({ isTold }) => isTold).map(({ id }) => id),
  );
}

const isAgain: SQL = isToldAgain(sql`notices`, sql`excluded.params`);

const isNews: SQL = sql`(${stopsAnother(sql`notices`, sql`excluded.params`)}
  or coalesce((excluded.params ->> 'count')::int > (notices.params ->> 'count')::int, false))`;

/** Not the account's fault: whoever reads it has nothing to do but wait. */
const isFault = (params: SQL): SQL =>
  sql`coalesce(${params} ->> 'reason' in ${[...refreshFaultKinds]}, false)`;
