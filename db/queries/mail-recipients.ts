import { type SQL, sql } from "drizzle-orm";
import { defaultMail, type MailTime } from "@/lib/notice-kinds";

/** When a person wants a notice `n` by e-mail, `p` being their preference of its kind, if there is one. */
export const wantedMail: SQL = sql`coalesce(p.mail, ${JSON.stringify(defaultMail)}::jsonb ->> n.kind)`;

/**
 * Notices `n` with the members `m` who want them by e-mail at that time: all who were there when they became news, but
 * of a transfer only whoever started it. To be followed by `and …`.
 */
export const toldByMail = (time: MailTime): SQL => sql`
  notices n
  join members m on m.workspace_id = n.workspace_id
  left join runs on runs.id = n.run_id
  left join notice_preferences p on p.user_id = m.user_id and p.kind = n.kind
  where ${wantedMail} = ${time}
    and n.news_at >= m.created_at and (n.run_id is null or runs.started_by = m.user_id)`;

/** Of a notice `n` and a member `m`: they have not read it since it became news. */
export const isNewsToThem: SQL = sql`not exists (select from notice_reads r
  where r.user_id = m.user_id and r.notice_id = n.id and r.at >= n.news_at)`;
