import { eq } from "drizzle-orm";
import { z } from "zod";
import { noticePreferences } from "@/db/schema/mails";
import { defaultMail, type MailPreferences, mailTimes, noticeKinds } from "@/lib/notice-kinds";
import type { Ctx } from "@/services/context";

const SavePreference = z.object({ kind: z.enum(noticeKinds), mail: z.enum(mailTimes) });
export type SavePreferenceInput = z.input<typeof SavePreference>;

/** When the person wants which e-mails, in all workspaces. */
export async function readPreferences(ctx: Pick<Ctx, "db" | "userId">): Promise<MailPreferences> {
  const rows = await ctx.db
    .select({ kind: noticePreferences.kind, mail: noticePreferences.mail })
    .from(noticePreferences)
    .where(eq(noticePreferences.userId, ctx.userId));
  return { ...defaultMail, ...Object.fromEntries(rows.map(({ kind, mail }) => [kind, mail])) };
}

export async function savePreference({
  ctx,
  input,
}: {
  ctx: Pick<Ctx, "db" | "userId">;
  input: SavePreferenceInput;
}): Promise<void> {
  const { kind, mail } = SavePreference.parse(input);
  await ctx.db
    .insert(noticePreferences)
    .values({ userId: ctx.userId, kind, mail })
    .onConflictDoUpdate({ target: [noticePreferences.userId, noticePreferences.kind], set: { mail } });
}
