import { and, eq, inArray } from "drizzle-orm";
import type { Db } from "@/db/client";
import { conflicts } from "@/db/schema/conflicts";
import { matchKey } from "@/sync/match-key";
import { contactKeys } from "./contact-keys";
import type { RecordPair } from "./record-work";

/** A record as one of two that meet: alone, also where it has a partner. */
type Met = Pick<RecordPair, "prospect" | "contact">;

/** Whether a person keeps the record apart from the other one; the choice holds until an address of the record changes. */
export type IsKeptApart = (record: Met, otherId: string) => boolean;

export async function readKeptApart(db: Db, integrationId: string, ids: string[]): Promise<IsKeptApart> {
  const kept = await db
    .select({ recordId: conflicts.recordId, otherId: conflicts.otherId, detail: conflicts.detail })
    .from(conflicts)
    .where(
      and(
        eq(conflicts.integrationId, integrationId),
        eq(conflicts.outcome, "apart"),
        inArray(conflicts.recordId, ids),
      ),
    );
  const nameOf = (recordId: string | undefined, otherId: string | null, keys: string[] = []) =>
    JSON.stringify([recordId, otherId, keys.toSorted()]);
  const apart = new Set(
    kept.map(({ recordId, otherId, detail }) => nameOf(recordId, otherId, detail.addresses)),
  );
  return (record, otherId) =>
    apart.has(nameOf(record.prospect?.id ?? record.contact?.id, otherId, ownKeys(record)));
}

/** The addresses over which a record meets others. */
export function ownKeys({ prospect, contact }: Met): string[] {
  return [...new Set([...(prospect?.emails ?? []).map(matchKey), ...(contact ? contactKeys(contact) : [])])];
}
