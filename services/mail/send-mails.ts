import { randomUUID } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { noticesToMail } from "@/db/queries/notices-to-mail";
import { type MailState, mails } from "@/db/schema/mails";
import { env } from "@/lib/env";
import { errorFields, log } from "@/lib/log";
import type { Deps } from "@/services/context";
import { messageIdOf, readRecipient } from "./mail-address";
import { mailFault } from "./mail-fault";
import { noticeMail } from "./mail-words";
import { type Mailer, openMailer } from "./open-mailer";

/** Longer than handing one over may take: only who died holds one so long. */
const leaseMinutes = 5;
const workMs = 40_000;
const givesUpAfterDays = 7;

type Mail = { id: string; userId: string; kind: "notice" | "digest"; noticeIds: string[]; attempts: number };

/**
 * Hands over what is due, one after the other. Each is sent at least once: who dies between sending and saving that it
 * was sent leaves it to be sent again, under the same Message-ID. While the server cannot be had all of them wait.
 */
export async function sendMails({ db }: Pick<Deps, "db">): Promise<{ sent: number; failed: number }> {
  const counts = { sent: 0, failed: 0 };
  if (!env().SMTP_URL) return counts;
  const end = Date.now() + workMs;
  const mailer = openMailer();
  try {
    for (let serves = true; serves && Date.now() < end; ) {
      const lease = randomUUID();
      const mail = await claim(db, lease);
      if (!mail) break;
      try {
        const told = await send(db, mailer, mail);
        await settle(db, lease, mail, told ? "sent" : "dropped");
        if (told) counts.sent += 1;
      } catch (error) {
        counts.failed += 1;
        serves = await postpone(db, lease, mail, error);
      }
    }
  } finally {
    mailer.close();
  }
  return counts;
}

async function claim(db: Db, lease: string): Promise<Mail | undefined> {
  const [mail] = await db.execute<Mail>(sql`
    update mails set lease = ${lease}::uuid, attempts = attempts + 1,
      due_at = now() + make_interval(mins => ${leaseMinutes})
    where id = (select id from mails where state = 'waiting' and due_at <= now()
      order by due_at, id for update skip locked limit 1)
    returning id, user_id as "userId", kind, notice_ids as "noticeIds", attempts`);
  return mail;
}

/** Returns whether there was still something to tell. */
async function send(db: Db, mailer: Mailer, { id, userId, kind, noticeIds }: Mail): Promise<boolean> {
  const notices = await noticesToMail(db, userId, noticeIds);
  const person = await readRecipient(db, userId);
  if (!notices.length || !person) return false;
  const words = await noticeMail(person.locale, notices, kind);
  await mailer.send({ to: person.email, messageId: messageIdOf(id), ...words });
  return true;
}

/** Returns whether the server would take others. */
async function postpone(db: Db, lease: string, mail: Mail, error: unknown): Promise<boolean> {
  const fault = mailFault(error);
  log.warn("mail/not-sent", {
    mail: mail.id,
    attempts: mail.attempts,
    reason: fault?.reason ?? "unexpected",
    ...errorFields(error),
  });
  const lastError = fault ? `${fault.reason}: ${fault.said}` : "unexpected";
  if (fault?.forGood) await settle(db, lease, mail, "refused", lastError);
  else
    await db.execute(sql`
      update mails set lease = null, last_error = ${lastError},
        state = case when ${isTooOld} then 'refused' else state end,
        settled_at = case when ${isTooOld} then now() end,
        due_at = now() + make_interval(mins => ${waitMinutes(mail.attempts)})
      where id = ${mail.id}::uuid and lease = ${lease}::uuid`);
  return fault !== null && !fault.everybody;
}

const isTooOld = sql`created_at < now() - make_interval(days => ${givesUpAfterDays})`;

/** After one minute, two, four and so on, and every hour in the end. */
const waitMinutes = (attempts: number): number => Math.min(60, 2 ** (attempts - 1));

async function settle(
  db: Db,
  lease: string,
  { id }: Mail,
  state: MailState,
  lastError: string | null = null,
): Promise<void> {
  await db
    .update(mails)
    .set({ state, lastError, lease: null, settledAt: new Date() })
    .where(and(eq(mails.id, id), eq(mails.lease, lease)));
}
