import { createHash, randomBytes } from "node:crypto";
import { and, eq, lt, sql } from "drizzle-orm";
import { oauthStates } from "@/db/schema/connections";
import type { Ctx } from "@/services/context";
import { connectProblem } from "./connect-problem";

const MINUTES = 10;

/** Only its hash is stored: who reads the table cannot finish anybody's connection. */
export async function issueState(ctx: Ctx, integrationId: string | null): Promise<string> {
  const state = randomBytes(32).toString("base64url");
  await ctx.db.delete(oauthStates).where(lt(oauthStates.expiresAt, sql`now() - interval '1 day'`));
  await ctx.db.insert(oauthStates).values({
    stateHash: hash(state),
    workspaceId: ctx.workspaceId,
    userId: ctx.userId,
    integrationId,
    expiresAt: new Date(Date.now() + MINUTES * 60_000),
  });
  return state;
}

/** Takes the state away, so that of two that come with it one alone goes on. Another person's state stays. */
export async function consumeState(ctx: Ctx, state: string): Promise<{ integrationId: string | null }> {
  const [row] = await ctx.db
    .delete(oauthStates)
    .where(
      and(
        eq(oauthStates.stateHash, hash(state)),
        eq(oauthStates.userId, ctx.userId),
        eq(oauthStates.workspaceId, ctx.workspaceId),
      ),
    )
    .returning();
  if (!row) throw connectProblem("state_used", "the state is unknown, used, or somebody else's");
  if (row.expiresAt.getTime() < Date.now()) throw connectProblem("state_expired", "the state is too old");
  return { integrationId: row.integrationId };
}

function hash(state: string): string {
  return createHash("sha256").update(state).digest("hex");
}
