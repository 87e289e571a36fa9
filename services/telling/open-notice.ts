import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { notices } from "@/db/schema/notices";
import { members } from "@/db/schema/workspaces";
import { noticePath } from "@/lib/notice-path";
import type { Ctx } from "@/services/context";
import { ServiceError } from "@/services/service-error";
import { saveReads } from "./save-reads";

const OpenNotice = z.object({ id: z.uuid() });

/** Where an e-mail's link leads: in the notice's own workspace, which need not be the one the person is in. */
export async function openNotice({
  ctx,
  input,
}: {
  ctx: Pick<Ctx, "db" | "userId">;
  input: z.input<typeof OpenNotice>;
}): Promise<{ workspaceId: string; path: string }> {
  const { id } = OpenNotice.parse(input);
  const [notice] = await ctx.db
    .select({
      workspaceId: notices.workspaceId,
      kind: notices.kind,
      integrationId: notices.integrationId,
      runId: notices.runId,
    })
    .from(notices)
    .innerJoin(members, and(eq(members.workspaceId, notices.workspaceId), eq(members.userId, ctx.userId)))
    .where(eq(notices.id, id));
  if (!notice) throw new ServiceError("not_found", "no such notice in a workspace of this person");
  await saveReads(ctx.db, ctx.userId, [id]);
  return { workspaceId: notice.workspaceId, path: noticePath(notice) };
}
