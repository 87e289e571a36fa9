import { asc, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { prospectEmails, prospects } from "@/db/schema/prospects";
import { groupBy } from "@/lib/group-by";
import { lockProspects } from "./lock-prospects";

/**
 * Removes prospects for good, live or in the trash, with all that hangs on them; what is told of them is the caller's to
 * forget. Gives the match keys that each one had.
 */
export async function eraseProspects(
  tx: Tx,
  workspaceId: string,
  ids: string[],
): Promise<Map<string, string[]>> {
  const found = [...(await lockProspects(tx, workspaceId, ids)).keys()];
  if (!found.length) return new Map();
  const addresses = await tx
    .select({ id: prospectEmails.prospectId, key: prospectEmails.matchKey })
    .from(prospectEmails)
    .where(inArray(prospectEmails.prospectId, found))
    .orderBy(asc(prospectEmails.position), asc(prospectEmails.matchKey));
  await tx.delete(prospects).where(inArray(prospects.id, found));
  const keysOf = groupBy(addresses, ({ id }) => id);
  return new Map(found.map((id) => [id, (keysOf.get(id) ?? []).map(({ key }) => key)]));
}
