import { and, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { activities } from "@/db/schema/sync";
import { matchKey } from "@/sync/match-key";

/** Fields of an activity that tell of addresses. */
const telling = ["email", "other_emails"];

/**
 * The match keys of all addresses that these prospects, and the contacts that went with them, are told to have had. To be
 * read before their activities are forgotten.
 */
export async function formerKeys(tx: Tx, workspaceId: string, prospectIds: string[]): Promise<string[]> {
  if (!prospectIds.length) return [];
  const rows = await tx
    .select({ changes: activities.changes })
    .from(activities)
    .where(
      and(
        eq(activities.workspaceId, workspaceId),
        inArray(activities.prospectId, prospectIds),
        sql`jsonb_path_exists(${activities.changes}, '$[*] ? (@.field == "email" || @.field == "other_emails")')`,
      ),
    );
  const told = rows
    .flatMap(({ changes }) => changes)
    .filter(({ field }) => telling.includes(field))
    .flatMap(({ before, after }) => [before, after].flat());
  return [...new Set(told.flatMap((value) => (value ? [matchKey(String(value))] : [])))];
}
