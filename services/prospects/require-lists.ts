import { and, asc, eq, inArray, isNull } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { prospectLists } from "@/db/schema/prospects";
import { ServiceError } from "../service-error";

/** Those live lists of this workspace, held against deletion until the transaction ends. */
export async function requireLists(
  tx: Tx,
  workspaceId: string,
  ids: string[],
): Promise<Map<string, { id: string; name: string }>> {
  const wanted = [...new Set(ids)];
  if (!wanted.length) return new Map();
  const rows = await tx
    .select({ id: prospectLists.id, name: prospectLists.name })
    .from(prospectLists)
    .where(
      and(
        eq(prospectLists.workspaceId, workspaceId),
        inArray(prospectLists.id, wanted),
        isNull(prospectLists.deletedAt),
      ),
    )
    .orderBy(asc(prospectLists.id))
    .for("key share");
  if (rows.length < wanted.length) {
    throw new ServiceError("not_found", "a list does not exist", { reason: "list_gone" });
  }
  return new Map(rows.map((row) => [row.id, row]));
}
