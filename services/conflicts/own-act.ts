import { randomUUID } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { conflicts } from "@/db/schema/conflicts";

/**
 * The act that choices are filed under: the one that was asked for where all that is decided under it is the person's
 * own, otherwise a new one. Who takes an act back takes back no more than one person has decided in it.
 */
export async function ownAct(
  tx: Tx,
  { integrationId, userId }: { integrationId: string; userId: string },
  asked: string | undefined,
): Promise<string> {
  if (!asked) return randomUUID();
  const [act] = await tx
    .select({ isOwn: sql<boolean | null>`bool_and(${conflicts.resolvedBy} = ${userId}::uuid)` })
    .from(conflicts)
    .where(and(eq(conflicts.integrationId, integrationId), eq(conflicts.resolutionId, asked)));
  return act?.isOwn ? asked : randomUUID();
}
