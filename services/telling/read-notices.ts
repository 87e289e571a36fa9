import { z } from "zod";
import { type NoticesPage, noticesPage, type UnreadNotices, unreadNotices } from "@/db/queries/notices";
import type { Ctx } from "@/services/context";
import { isInstant } from "@/services/prospects/cursor";

export type { NoticeRow, NoticesPage, UnreadNotice, UnreadNotices } from "@/db/queries/notices";

const ReadNotices = z.object({
  /** The last notice already shown. */
  after: z
    .object({ at: z.string().refine((key) => isInstant({ key })), id: z.uuid() })
    .nullable()
    .default(null),
});

const pageLength = 30;
const unreadAtMost = 100;

/** What the person's workspace was told, what is news first. */
export async function readNotices({
  ctx,
  input,
}: {
  ctx: Pick<Ctx, "db" | "workspaceId" | "userId">;
  input: z.input<typeof ReadNotices>;
}): Promise<NoticesPage> {
  const { after } = ReadNotices.parse(input);
  return await noticesPage(ctx.db, ctx, { after, limit: pageLength });
}

/** What the bell says. */
export async function readUnread(ctx: Pick<Ctx, "db" | "workspaceId" | "userId">): Promise<UnreadNotices> {
  return await unreadNotices(ctx.db, ctx, unreadAtMost);
}
