import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { integrations } from "@/db/schema/integrations";
import { recordLinks } from "@/db/schema/sync";
import { type Both, sides } from "@/sync/side";
import { markKnownPairs } from "./mark-known-pairs";

type Integration = Pick<typeof integrations.$inferSelect, "id" | "state">;

/**
 * Other lists were chosen on these sides: which records are in them nobody knows until each pair was looked at, which follows
 * at once. Until then a removal there takes nothing along.
 */
export async function doubtScopes(tx: Tx, { id, state }: Integration, moved: Both<boolean>): Promise<void> {
  if (state === "draft" || !sides.some((side) => moved[side])) return;
  await markKnownPairs(tx, id);
  await tx
    .update(recordLinks)
    .set({
      ...(moved.snov ? { snovInScope: false } : {}),
      ...(moved.hubspot ? { hubspotInScope: false } : {}),
    })
    .where(eq(recordLinks.integrationId, id));
}
