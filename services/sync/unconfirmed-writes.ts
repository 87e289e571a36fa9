import { and, eq, sql } from "drizzle-orm";
import { anyOf } from "@/db/any-of";
import type { Db, Tx } from "@/db/client";
import { insertMany } from "@/db/insert-many";
import { type SentValues, unconfirmedWrites } from "@/db/schema/sync";
import { toShared } from "@/sync/choices";
import { heldReasons } from "@/sync/held-reasons";
import { ownValue } from "@/sync/own-value";
import type { Value } from "@/sync/value";
import { writesTo } from "@/sync/writes-to";
import { chosenBy } from "./chosen-by";
import { archivesContact } from "./deliver-page";
import type { PageContext } from "./page-context";
import { prospectIdOf, type RecordWork } from "./record-work";
import { riddenFields } from "./ridden-fields";

export type Unconfirmed = { sent: SentValues; removal: boolean };

/**
 * Notes what is about to be done in HubSpot, beside what others did and never committed: also pages that this one knows
 * nothing of.
 */
export async function noteUnconfirmed(
  db: Db,
  page: PageContext,
  works: RecordWork[],
  now: number,
  hold: () => Promise<void>,
): Promise<void> {
  const rows = works.flatMap((work) => {
    const sent = sentValues(page, work, now);
    const removal = archivesContact(work);
    const prospectId = prospectIdOf(work);
    if (!prospectId || (!Object.keys(sent).length && !removal)) return [];
    work.noted = sent;
    return [{ integrationId: page.integrationId, prospectId, sent, removal }];
  });
  if (!rows.length) return;
  await hold();
  const { sent, removal } = unconfirmedWrites;
  await insertMany(
    db,
    unconfirmedWrites,
    rows,
    sql`on conflict (integration_id, prospect_id) do update set
      sent = (select coalesce(jsonb_object_agg(id, coalesce(${sent} -> id, '[]') || coalesce(excluded.sent -> id, '[]')), '{}')
        from jsonb_object_keys(${sent} || excluded.sent) as id),
      removal = ${removal} or excluded.removal, at = now()`,
  );
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
        anyOf(unconfirmedWrites.prospectId, prospectIds),
      ),
    );
  return new Map(rows.map(({ prospectId, sent, removal }) => [prospectId, { sent, removal }]));
}

/**
 * What is done is confirmed, or was refused by HubSpot and so never applied. Where a field was not looked at, its
 * writes stay noted: once it is, they are still ours. So does what another page has noted since this one read.
 */
export async function settleUnconfirmed(tx: Tx, page: PageContext, done: RecordWork[]): Promise<void> {
  const settled = done.flatMap((work) => {
    const prospectId = prospectIdOf(work);
    if (!prospectId) return [];
    const { kept, told } = notLookedAt(page, work);
    const over = appended(without(work.unconfirmed.sent, kept), work.noted ?? {});
    // That an undo has archived its contact, the undo's own page has yet to tell.
    const removal = (work.unconfirmed.removal || archivesContact(work)) && !isUndone(work);
    return [{ prospectId, over, told, removal }];
  });
  if (!settled.length) return;
  await tx.execute(sql`
    with left_over as materialized (
      select u.prospect_id, u.removal and not x.removal as removal, coalesce((
          select jsonb_object_agg(id, writes) from (
            select id, jsonb_agg(case when exists (select from jsonb_array_elements(x.told -> id) as told(write) where told.write = one.write)
                then one.write || '{"told": true}' else one.write end order by place) as writes
            from jsonb_each(u.sent) as noted(id, all_writes), jsonb_array_elements(all_writes) with ordinality as one(write, place)
            where not exists (select from jsonb_array_elements(x.over -> id) as over(write) where over.write = one.write)
            group by id) as of_field), '{}') as sent
      from unconfirmed_writes u
      join jsonb_to_recordset(${JSON.stringify(settled)}::jsonb) as x("prospectId" uuid, over jsonb, told jsonb, removal boolean)
        on x."prospectId" = u.prospect_id
      where u.integration_id = ${page.integrationId}::uuid
    ), kept as (
      update unconfirmed_writes u set sent = l.sent, removal = l.removal from left_over l
      where u.integration_id = ${page.integrationId}::uuid and u.prospect_id = l.prospect_id
        and (l.sent <> '{}' or l.removal)
    )
    delete from unconfirmed_writes u using left_over l
    where u.integration_id = ${page.integrationId}::uuid and u.prospect_id = l.prospect_id
      and l.sent = '{}' and not l.removal`);
}

/** Also where somebody has edited what is left since, and it may not be made anew. */
function isUndone({ plan, contact, link }: RecordWork): boolean {
  return plan.kind === "excluded" && !contact && link?.declined.creation !== undefined;
}

/** `told`: those of them of which an activity tells by now. */
function notLookedAt(page: PageContext, work: RecordWork): { kept: SentValues; told: SentValues } {
  const stopped = page.planner.mappings.flatMap(({ id, stopped }) => (stopped ? [id] : []));
  const unseen = unseenFields(work, stopped);
  const kept = Object.entries(work.unconfirmed.sent).filter(([id]) => unseen.has(id));
  // Where HubSpot's history could be asked, what it has taken is told by now, and what that replaced.
  const told = kept.filter(([id]) => work.contact && !stopped.includes(id));
  return { kept: Object.fromEntries(kept), told: Object.fromEntries(told) };
}

function unseenFields({ plan, unconfirmed }: RecordWork, stopped: string[]): Set<string> {
  if (plan.kind === "disputed" || (plan.kind === "excluded" && plan.reason !== "erased"))
    return new Set(Object.keys(unconfirmed.sent));
  if (plan.kind !== "pair") return new Set();
  const held = plan.held.flatMap(({ mappingId, reason }) => (heldReasons[reason].settled ? [] : [mappingId]));
  const unseen = new Set([...stopped, ...held]);
  for (const id of plan.undoes ?? []) unseen.delete(id);
  return unseen;
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

function without(all: SentValues, kept: SentValues): SentValues {
  return Object.fromEntries(Object.entries(all).filter(([id]) => !Object.hasOwn(kept, id)));
}
