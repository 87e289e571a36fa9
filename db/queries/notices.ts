import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { isoTime } from "@/db/iso-time";
import type { NoticeParams } from "@/db/schema/notices";
import type { NoticeKind } from "@/lib/notice-kinds";
import { isNewsToThem } from "./mail-recipients";

export type Reader = { workspaceId: string; userId: string };
export type NoticeRow = {
  id: string;
  kind: NoticeKind;
  integrationId: string;
  accountName: string;
  runId: string | null;
  params: NoticeParams;
  /** When it was raised, or what it counts last grew: it is unread by the same time. */
  newsAt: string;
  endedAt: string | null;
  unread: boolean;
  /** The account was disconnected: it has no pages to go to any more. */
  disconnected: boolean;
};
/** A place between two rows: with the microseconds, which a Date would drop. */
export type NoticeCursor = { at: string; id: string };
export type NoticesPage = { notices: NoticeRow[]; next: NoticeCursor | null };
export type UnreadNotice = Pick<NoticeRow, "id" | "kind" | "integrationId" | "runId" | "newsAt">;
export type UnreadNotices = { unread: UnreadNotice[]; count: number };

/** The notices of a workspace's integrations, what is news first. */
export async function noticesPage(
  db: Db,
  reader: Reader,
  { after, limit }: { after: NoticeCursor | null; limit: number },
): Promise<NoticesPage> {
  const rows = await db.execute<NoticeRow & { at: string }>(sql`
    select n.id, n.kind, n.integration_id as "integrationId", c.account_name as "accountName", n.run_id as "runId",
      n.params, ${isoTime(sql`n.news_at`)} as "newsAt", ${isoTime(sql`n.ended_at`)} as "endedAt",
      n.news_at::text as at, ${isUnread} as unread,
      i.disconnected_at is not null as disconnected
    from notices n ${ofReader(reader)}
      and ${after ? sql`(n.news_at, n.id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql`true`}
    order by n.news_at desc, n.id desc limit ${limit + 1}`);
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    notices: rows.slice(0, limit).map(({ at: _, ...notice }) => notice),
    next: last ? { at: last.at, id: last.id } : null,
  };
}

/** What is so and was not read; the first of them, and how many there are. */
export async function unreadNotices(db: Db, reader: Reader, limit: number): Promise<UnreadNotices> {
  const rows = await db.execute<UnreadNotice & { count: number }>(sql`
    select n.id, n.kind, n.integration_id as "integrationId", n.run_id as "runId", n.news_at::text as "newsAt",
      (count(*) over ())::int as count
    from notices n ${ofReader(reader)} and ${isUnread}
    order by n.news_at desc, n.id desc limit ${limit}`);
  return { unread: rows.map(({ count: _, ...notice }) => notice), count: rows[0]?.count ?? 0 };
}

/** Only for a member of the workspace. */
const ofReader = ({ workspaceId, userId }: Reader): SQL => sql`
  join integrations i on i.id = n.integration_id join connections c on c.id = i.connection_id
  join members m on m.workspace_id = n.workspace_id and m.user_id = ${userId}::uuid
  where n.workspace_id = ${workspaceId}::uuid`;

/** What is over, and what became news before the person came, asks for nobody's attention. */
const isUnread: SQL = sql`(n.ended_at is null and n.news_at >= m.created_at and ${isNewsToThem})`;
