import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { NoticeParams } from "@/db/schema/notices";
import type { NoticeKind } from "@/lib/notice-kinds";
import { isNewsToThem, wantedMail } from "./mail-recipients";

export type MailedNotice = {
  id: string;
  kind: NoticeKind;
  params: NoticeParams;
  accountName: string;
  workspaceName: string;
};

/** Of these what is still to be told to the person: not what is over, read, of a workspace that they left, or never wanted by e-mail any more. */
export async function noticesToMail(db: Db, userId: string, noticeIds: string[]): Promise<MailedNotice[]> {
  if (!noticeIds.length) return [];
  return await db.execute<MailedNotice>(sql`
    select n.id, n.kind, n.params, c.account_name as "accountName", w.name as "workspaceName"
    from notices n
    join integrations i on i.id = n.integration_id
    join connections c on c.id = i.connection_id
    join workspaces w on w.id = n.workspace_id
    join members m on m.workspace_id = n.workspace_id and m.user_id = ${userId}::uuid
    left join notice_preferences p on p.user_id = m.user_id and p.kind = n.kind
    where n.id in ${noticeIds} and n.ended_at is null and i.disconnected_at is null
      and ${isNewsToThem} and ${wantedMail} <> 'never'
    order by w.name, w.id, n.news_at desc, n.id`);
}
