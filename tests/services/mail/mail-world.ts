import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { mails } from "@/db/schema/mails";
import { members, users } from "@/db/schema/workspaces";
import { env } from "@/lib/env";
import type { MailTime, NoticeKind } from "@/lib/notice-kinds";
import { savePreference } from "@/services/telling/mail-preferences";
import { type NewNotice, raiseNotices } from "@/services/telling/raise-notices";
import { openSyncWorld } from "../../support/sync-world";

/** An integration's world whose e-mails go to a server of the test. */
export async function openMailWorld() {
  const world = await openSyncWorld();
  const { db, ctx, integrationId } = world;
  return {
    ...world,
    /** As if the process had been started with this server. */
    mailBy: (url: string | undefined) =>
      void Object.assign(env(), { SMTP_URL: url, MAIL_FROM: "Instep <notices@example.org>" }),
    raise: (notice: Partial<NewNotice> = {}) =>
      db.transaction((tx) =>
        raiseNotices(tx, [
          {
            workspaceId: ctx.workspaceId,
            integrationId,
            kind: "connection_broken",
            params: { reason: "revoked" },
            ...notice,
          },
        ]),
      ),
    person: async (values: Partial<typeof users.$inferInsert> = {}, workspaceId = ctx.workspaceId) => {
      const email = `${randomUUID()}@example.org`;
      const [person] = await db
        .insert(users)
        .values({ email, name: "Bea", ...values })
        .returning();
      if (!person) throw new Error("the person was not returned");
      await db.insert(members).values({ workspaceId, userId: person.id, role: "member" });
      return person;
    },
    prefer: (userId: string, kind: NoticeKind, mail: MailTime) =>
      savePreference({ ctx: { db, userId }, input: { kind, mail } }),
    mails: () => db.select().from(mails).orderBy(mails.createdAt, mails.key),
    /** Nobody waits any longer for a second try. */
    makeDue: () => db.execute(sql`update mails set due_at = now() where state = 'waiting'`),
  };
}
export type MailWorld = Awaited<ReturnType<typeof openMailWorld>>;
