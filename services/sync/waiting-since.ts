import { and, eq, or } from "drizzle-orm";
import { anyOf } from "@/db/any-of";
import type { Db } from "@/db/client";
import { pendingRecords } from "@/db/schema/sync";
import { prospectIdOf, type RecordWork } from "./record-work";

/**
 * Work → when anything of its pair was first noticed that nobody has looked at since, in milliseconds since 1970. One of the
 * two may wait for another page, or for the lease of one that died to end.
 */
export async function waitingSince(
  db: Db,
  integrationId: string,
  works: RecordWork[],
): Promise<Map<RecordWork, number>> {
  if (!works.length) return new Map();
  const ids = {
    snov: works.flatMap((work) => prospectIdOf(work) ?? []),
    hubspot: works.flatMap((work) => contactIdOf(work) ?? []),
  };
  const { side, recordId, noticedAt } = pendingRecords;
  const rows = await db
    .select({ side, recordId, noticedAt })
    .from(pendingRecords)
    .where(
      and(
        eq(pendingRecords.integrationId, integrationId),
        or(
          and(eq(side, "snov"), anyOf(recordId, ids.snov)),
          and(eq(side, "hubspot"), anyOf(recordId, ids.hubspot)),
        ),
      ),
    );
  return new Map(
    works.map((work) => {
      const own = { snov: prospectIdOf(work), hubspot: contactIdOf(work) };
      const times = rows.flatMap((row) => (row.recordId === own[row.side] ? [row.noticedAt.getTime()] : []));
      return [work, Math.min(Number.POSITIVE_INFINITY, ...times)];
    }),
  );
}

function contactIdOf({ contact, link }: RecordWork): string | null {
  return contact?.id ?? link?.contactId ?? null;
}
