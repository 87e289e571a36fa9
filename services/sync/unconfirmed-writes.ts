import { and, eq, inArray, sql } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { type SentValues, unconfirmedWrites } from "@/db/schema/sync";
import { toShared } from "@/sync/choices";
import { ownValue } from "@/sync/own-value";
import type { HeldReason } from "@/sync/record-plan";
import type { Value } from "@/sync/value";
import { writesTo } from "@/sync/writes-to";
import { chosenBy } from "./chosen-by";
import { archivesContact } from "./deliver-page";
import type { Outcome } from "./outcome";
import type { PageContext } from "./page-context";
import { prospectIdOf, type RecordWork } from "./record-work";
import { riddenFields } from "./ridden-fields";

export type Unconfirmed = { sent: SentValues; removal: boolean };

/** Notes what is about to be done in HubSpot, beside what earlier pages did and never committed. */
export async function noteUnconfirmed(
  db: Db,
  page: PageContext,
  works: RecordWork[],
  now: number,
): Promise<void> {
  const rows = works.flatMap((work) => {
    const sent = sentValues(page, work, now);
    const removal = archivesContact(work);
    const prospectId = prospectIdOf(work);
    if (!prospectId || (!Object.keys(sent).length && !removal)) return [];
    return [
      {
        integrationId: page.integrationId,
        prospectId,
        sent: appended(work.unconfirmed.sent, sent),
        removal: removal || work.unconfirmed.removal,
      },
    ];
  });
  if (!rows.length) return;
  await db
    .insert(unconfirmedWrites)
    .values(rows)
    .onConflictDoUpdate({
      target: [unconfirmedWrites.integrationId, unconfirmedWrites.prospectId],
      set: { sent: sql`excluded.sent`, removal: sql`excluded.removal`, at: sql`now()` },
    });
}

/** What was put back is no longer a write of ours that may stand. */
export async function dropUnconfirmed(
  db: Db,
  integrationId: string,
  prospectId: string,
  mappingIds: string[],
): Promise<void> {
  await db
    .update(unconfirmedWrites)
    .set({ sent: sql`${unconfirmedWrites.sent} - ${sql.param(mappingIds)}::text[]` })
    .where(
      and(eq(unconfirmedWrites.integrationId, integrationId), eq(unconfirmedWrites.prospectId, prospectId)),
    );
}

/** Prospect id → what was done for it. */
export async function readUnconfirmed(
  db: Db,
  integrationId: string,
  prospectIds: string[],
): Promise<Map<string, Unconfirmed>> {
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
  return new Map(rows.map(({ prospectId, sent, removal }) => [prospectId, { sent, removal }]));
}

/**
 * What is settled is confirmed, or was refused by HubSpot and so never applied. Where a field was not looked at, its
 * writes stay noted: once it is, they are still ours.
 */
export async function settleUnconfirmed(
  tx: Tx,
  page: PageContext,
  outcomes: Map<RecordWork, Outcome>,
  saved: ReadonlyMap<RecordWork, unknown>,
): Promise<void> {
  const settled = [...outcomes].flatMap(([work, { kind }]) => {
    const prospectId = prospectIdOf(work);
    // That an undo has archived its contact, the undo's own page has yet to tell.
    const removal = work.unconfirmed.removal && isUndone(work);
    const isDone = kind !== "again" || saved.has(work);
    return prospectId && isDone ? [{ prospectId, kept: notLookedAt(page, work), removal }] : [];
  });
  if (!settled.length) return;
  const ofIntegration = eq(unconfirmedWrites.integrationId, page.integrationId);
  const ids = settled.map(({ prospectId }) => prospectId);
  await tx.delete(unconfirmedWrites).where(and(ofIntegration, inArray(unconfirmedWrites.prospectId, ids)));
  const left = settled.flatMap(({ prospectId, kept, removal }) =>
    removal || Object.keys(kept).length
      ? [{ integrationId: page.integrationId, prospectId, sent: kept, removal }]
      : [],
  );
  if (left.length) await tx.insert(unconfirmedWrites).values(left);
}

function isUndone({ plan }: RecordWork): boolean {
  return plan.kind === "excluded" && plan.reason === "undone";
}

/** The field could not even be compared. */
const blind: HeldReason[] = ["field_missing", "choice_not_mapped", "discarded", "undone", "other_way"];

function notLookedAt(page: PageContext, { plan, contact, unconfirmed }: RecordWork): SentValues {
  const stopped = page.planner.mappings.flatMap(({ id, stopped }) => (stopped ? [id] : []));
  // Where HubSpot's history could be asked, what it has taken is told by now, and what that replaced.
  const told = Object.entries(unconfirmed.sent).map(([id, values]): [string, SentValues[string]] => [
    id,
    contact && !stopped.includes(id) ? values.map((value) => ({ ...value, told: true })) : values,
  ]);
  if (plan.kind === "disputed" || (plan.kind === "excluded" && plan.reason !== "erased"))
    return Object.fromEntries(told);
  if (plan.kind !== "pair") return {};
  const unseen = new Set([
    ...stopped,
    ...plan.held.filter(({ reason }) => blind.includes(reason)).map(({ mappingId }) => mappingId),
  ]);
  for (const id of plan.undoes ?? []) unseen.delete(id);
  return Object.fromEntries(told.filter(([id]) => unseen.has(id)));
}

/** What the plan writes to HubSpot from `at` on, in milliseconds since 1970. */
export function sentValues(page: PageContext, work: RecordWork, at: number): SentValues {
  const { plan, contact } = work;
  const writes = writesTo(plan, "hubspot");
  if (!writes) return {};
  const sent: SentValues = {};
  for (const mapping of [...page.planner.mappings, ...riddenFields(page)]) {
    const field = mapping.fields.hubspot;
    const written = ownValue(writes, field);
    if (written === undefined) continue;
    const shared = (own: Value) => {
      const translated = toShared(mapping, "hubspot", own);
      return translated.kind === "value" ? translated.value : null;
    };
    const seen = shared(ownValue(contact?.fields ?? {}, field) ?? null);
    const since = contact && { standingSince: contact.updatedAt.getTime() };
    sent[mapping.id] = [
      { sent: shared(written), seen, at, ...since, ...kindOfWrite(page, work, mapping.id) },
    ];
  }
  return sent;
}

/** What an undo and a choice that was taken back put there is not always what the two sides count as agreed on. */
function kindOfWrite(
  { runId, undoneBy }: PageContext,
  work: RecordWork,
  mappingId: string,
): Pick<SentValues[string][number], "run" | "by" | "theirs"> {
  const { plan } = work;
  const by = chosenBy(work, mappingId);
  const isBack = plan.kind === "pair" && plan.resolved[mappingId]?.outcome === "undone";
  return {
    ...(runId ? { run: { id: runId, undoneBy } } : {}),
    ...(by ? { by } : {}),
    ...(isBack ? { theirs: true } : {}),
  };
}

function appended(earlier: SentValues, now: SentValues): SentValues {
  const all = { ...earlier };
  for (const [mappingId, values] of Object.entries(now))
    all[mappingId] = [...(earlier[mappingId] ?? []), ...values];
  return all;
}
