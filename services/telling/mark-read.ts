import { and, eq, inArray, isNull } from "drizzle-orm";
import { z } from "zod";
import { notices } from "@/db/schema/notices";
import type { Ctx } from "@/services/context";
import { ServiceError } from "@/services/service-error";
import { saveReads } from "./save-reads";

const MarkRead = z.object({ ids: z.union([z.array(z.uuid()).min(1).max(100), z.literal("all")]) });
export type MarkReadInput = z.input<typeof MarkRead>;

/** For this person: others still have them to read. */
export async function markRead({ ctx, input }: { ctx: Ctx; input: MarkReadInput }): Promise<void> {
  const { ids } = MarkRead.parse(input);
  await ctx.db.transaction(async (tx) => {
    const own = await tx
      .select({ id: notices.id })
      .from(notices)
      .where(
        and(
          eq(notices.workspaceId, ctx.workspaceId),
          // What is over asks for nobody's attention.
          ids === "all" ? isNull(notices.endedAt) : inArray(notices.id, ids),
        ),
      );
    if (ids !== "all" && own.length < new Set(ids).size)
      throw new ServiceError("not_found", "no such notice in this workspace");
    await saveReads(
      tx,
      ctx.userId,
      own.map(({ id }) => id),
    );
  });
}
