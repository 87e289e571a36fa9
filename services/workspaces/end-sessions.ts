import { eq, sql } from "drizzle-orm";
import { users } from "@/db/schema/workspaces";
import type { Ctx } from "@/services/context";

/** Signs this person out everywhere, here too. */
export async function endSessions({ ctx }: { ctx: Ctx }): Promise<void> {
  await ctx.db
    .update(users)
    .set({ sessionVersion: sql`${users.sessionVersion} + 1` })
    .where(eq(users.id, ctx.userId));
}
