import { asc, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { prospectEmails } from "@/db/schema/prospects";
import { groupBy } from "@/lib/group-by";
import { lockProspects } from "./lock-prospects";
import { findProspectsByMatchKeys } from "./read-prospects";
import { takeFromTrash } from "./trash-rows";

export type RestoreOutcome = "restored" | "email_taken" | "gone";

/**
 * Takes prospects out of the trash; one that is live already counts as restored.
 * `email_taken`: a live prospect owns one of its addresses by now. `gone`: it does not exist.
 */
export async function restoreProspects(
  tx: Tx,
  workspaceId: string,
  ids: string[],
): Promise<Map<string, RestoreOutcome>> {
  const rows = await lockProspects(tx, workspaceId, ids);
  const binned = [...rows.values()].filter(({ deletedAt }) => deletedAt).map(({ id }) => id);
  const taken = await withTakenAddress(tx, workspaceId, binned);
  await takeFromTrash(
    tx,
    binned.filter((id) => !taken.has(id)),
  );
  return new Map(ids.map((id) => [id, !rows.has(id) ? "gone" : taken.has(id) ? "email_taken" : "restored"]));
}

/** Among those to restore, the first one keeps a shared address. */
async function withTakenAddress(tx: Tx, workspaceId: string, ids: string[]): Promise<Set<string>> {
  if (!ids.length) return new Set();
  const addresses = await tx
    .select({ id: prospectEmails.prospectId, key: prospectEmails.matchKey })
    .from(prospectEmails)
    .where(inArray(prospectEmails.prospectId, ids))
    .orderBy(asc(prospectEmails.prospectId));
  const keys = addresses.map(({ key }) => key);
  const owned = new Set((await findProspectsByMatchKeys(tx, workspaceId, keys)).keys());
  const taken = new Set<string>();
  for (const [id, own] of groupBy(addresses, (address) => address.id)) {
    if (own.some(({ key }) => owned.has(key))) taken.add(id);
    else for (const { key } of own) owned.add(key);
  }
  return taken;
}
