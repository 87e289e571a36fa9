import { and, eq, inArray, isNotNull, notInArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { prospectEmails, prospects } from "@/db/schema/prospects";

/** Prospects in the trash with the primary address of one of these: the same person, who was added once more. */
export async function trashedTwins(tx: Tx, workspaceId: string, ids: string[]): Promise<string[]> {
  if (!ids.length) return [];
  const own = await tx
    .select({ key: prospectEmails.matchKey })
    .from(prospectEmails)
    .where(
      and(
        eq(prospectEmails.workspaceId, workspaceId),
        inArray(prospectEmails.prospectId, ids),
        eq(prospectEmails.isPrimary, true),
      ),
    );
  if (!own.length) return [];
  const rows = await tx
    .select({ id: prospects.id })
    .from(prospects)
    .innerJoin(prospectEmails, eq(prospectEmails.prospectId, prospects.id))
    .where(
      and(
        eq(prospects.workspaceId, workspaceId),
        isNotNull(prospects.deletedAt),
        notInArray(prospects.id, ids),
        eq(prospectEmails.isPrimary, true),
        inArray(
          prospectEmails.matchKey,
          own.map(({ key }) => key),
        ),
      ),
    )
    .orderBy(prospects.id);
  return rows.map(({ id }) => id);
}
