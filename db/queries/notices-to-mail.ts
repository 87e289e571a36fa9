import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { NoticeParams } from "@/db/schema/notices";
import type { NoticeKind } from "@/lib/notice-kinds";
import { isNewsToThem } from "./mail-recipients";

export type MailedNotice = {
  id: string;
  kind: NoticeKind;
  params: NoticeParams;
  accountName: string;
  workspaceName: string;
};

/** Of these what is still to be told to the person: not what is over, read, or of a workspace that they left. */
export async function noticesToMail(db: Db, userId: string, noticeIds: string[]): Promise<MailedNotice[]> {
  if (!noticeIds.length) return [];
  return await db.execute<MailedNotice>(sql`
    select n.id, n.kind, n.params, c.account_name as "accountName", w.name as "workspaceName"
    from notices n
    join integrations i on i.id = n.integration_id
    join connections c on c.id = i.connection_id
    join workspaces w on w.id = n.workspace_id
    join members m on m.workspace_id = n.workspace_id and m.user_id = ${userId}::uuid
    where n.id in ${noticeIds} and n.ended_at is null and i.disconnected_at is null
      and ${isNewsToThem}
    order by w.name, w.id, n.raised_at desc, n.id`);
}
