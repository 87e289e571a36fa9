import { type SQL, sql } from "drizzle-orm";
import { isNewsToThem, toldByMail } from "@/db/queries/mail-recipients";
import { env } from "@/lib/env";
import type { Deps } from "@/services/context";
import { lastDigestTime } from "./digest-time";

/**
 * Once a day: an e-mail for everybody with what is still so and has become news since their last one, and was not
 * read. Who has nothing to be told gets none. What grows all the time is always news, and told as it is. One statement:
 * whoever comes second finds nobody left.
 */
export async function queueDigests(
  { db }: Pick<Deps, "db">,
  now: Date = new Date(),
): Promise<{ queued: number }> {
  const { SMTP_URL, MAIL_DIGEST_HOUR } = env();
  if (!SMTP_URL) return { queued: 0 };
  const until = sql`${lastDigestTime(now, MAIL_DIGEST_HOUR).toISOString()}::timestamptz`;
  const queued = await db.execute(sql`
    with due as (
      select id, coalesce(digested_until, ${until} - interval '1 day') as since from users
      where digested_until is null or digested_until < ${until}
      order by id for update skip locked
    ), told as (
      update users set digested_until = ${until} from due where users.id = due.id
    )
    insert into mails (key, user_id, kind, notice_ids)
    select 'digest:' || due.id || ':' || to_char(${until} at time zone 'utc', 'YYYY-MM-DD"T"HH24'), due.id, 'digest',
      array_agg(n.id order by n.raised_at desc, n.id)
    from due join lateral (
      select n.id, n.raised_at from ${toldByMail("daily")} and m.user_id = due.id
        and n.ended_at is null and n.raised_at <= ${until} and n.news_at > due.since
        and ${isNewsToThem} and not ${isGathered}
    ) n on true
    group by due.id
    on conflict (key) do nothing
    returning 1`);
  return { queued: queued.length };
}

/** One of the person's e-mails has gathered it since it became news. */
const isGathered: SQL = sql`exists (select from mails d where d.user_id = m.user_id and d.kind = 'digest'
  and n.id = any(d.notice_ids) and d.created_at >= n.news_at)`;
