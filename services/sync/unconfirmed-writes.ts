import { and, eq, inArray, sql } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { type SentValues, unconfirmedWrites } from "@/db/schema/sync";
import type { Outcome } from "./outcome";
import type { PageContext } from "./page-context";
import type { RecordWork } from "./record-work";

/** Notes what is about to be sent to HubSpot, beside what earlier pages sent and never committed. */
export async function noteUnconfirmed(db: Db, page: PageContext, works: RecordWork[]): Promise<void> {
  const rows = works.flatMap((work) => {
    const sent = sentValues(page, work);
    return work.prospect && Object.keys(sent).length
      ? [
          {
            integrationId: page.integrationId,
            prospectId: work.prospect.id,
            sent: appended(work.unconfirmed, sent),
          },
        ]
      : [];
  });
  if (!rows.length) return;
  await db
    .insert(unconfirmedWrites)
    .values(rows)
    .onConflictDoUpdate({
      target: [unconfirmedWrites.integrationId, unconfirmedWrites.prospectId],
      set: { sent: sql`excluded.sent`, at: sql`now()` },
    });
}

/** Prospect id → what was sent for it. */
export async function readUnconfirmed(
  db: Db,
  integrationId: string,
  prospectIds: string[],
): Promise<Map<string, SentValues>> {
  if (!prospectIds.length) return new Map();
  const rows = await db
    .select()
    .from(unconfirmedWrites)
    .where(
      and(
        eq(unconfirmedWrites.integrationId, integrationId),
        inArray(unconfirmedWrites.prospectId, prospectIds),
      ),
    );
  return new Map(rows.map(({ prospectId, sent }) => [prospectId, sent]));
}

/** What is settled is confirmed, or was refused by HubSpot and so never applied. */
export async function forgetUnconfirmed(
  tx: Tx,
  integrationId: string,
  outcomes: Map<RecordWork, Outcome>,
): Promise<void> {
  const settled = [...outcomes].flatMap(([{ prospect }, { kind }]) =>
    prospect && kind !== "again" ? [prospect.id] : [],
  );
  if (!settled.length) return;
  await tx
    .delete(unconfirmedWrites)
    .where(
      and(eq(unconfirmedWrites.integrationId, integrationId), inArray(unconfirmedWrites.prospectId, settled)),
    );
}

function sentValues(page: PageContext, { plan }: RecordWork): SentValues {
  if (plan.kind === "create" && plan.on === "hubspot") return wrapped(plan.base, () => true);
  if (plan.kind !== "pair") return {};
  const written = new Set(
    page.planner.mappings.filter(({ fields }) => fields.hubspot in plan.writes.hubspot).map(({ id }) => id),
  );
  return wrapped(plan.base, (mappingId) => written.has(mappingId));
}

function wrapped(
  base: Record<string, SentValues[string][number]>,
  which: (mappingId: string) => boolean,
): SentValues {
  return Object.fromEntries(
    Object.entries(base)
      .filter(([mappingId]) => which(mappingId))
      .map(([mappingId, value]) => [mappingId, [value]]),
  );
}

function appended(earlier: SentValues, now: SentValues): SentValues {
  const all = { ...earlier };
  for (const [mappingId, values] of Object.entries(now))
    all[mappingId] = [...(earlier[mappingId] ?? []), ...values];
  return all;
}
