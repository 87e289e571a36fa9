import { and, eq, inArray, isNull, or, sql } from "drizzle-orm";
import { anyOf } from "@/db/any-of";
import { atOnce } from "@/db/at-once";
import type { Tx } from "@/db/client";
import { type ConflictDetail, type ConflictKind, conflicts } from "@/db/schema/conflicts";
import { otherSide, type Side, sides } from "@/sync/side";
import type { Value } from "@/sync/value";
import type { SavedLink } from "./commit-links";
import {
  type ChoiceFate,
  closingsOf,
  fateOf,
  fateOfRemoval,
  saidAbout,
  unresolved,
} from "./conflict-outcomes";
import { type Subject, subjectsOf } from "./conflict-subjects";
import { endApart } from "./end-apart";
import { ownKeys } from "./kept-apart";
import type { Outcome } from "./outcome";
import type { PageContext } from "./page-context";
import type { RecordWork } from "./record-work";

type Row = Subject & {
  kind: ConflictKind;
  link_id: string | null;
  mapping_id: string | null;
  other_side: Side | null;
  other_id: string | null;
  detail: ConflictDetail;
  base_value: Value;
  snov_value: Value;
  hubspot_value: Value;
} & ChoiceFate;

/**
 * Opens and renews the conflicts of what was looked at; the others close, each with how it came to that. A choice that
 * came while the page was at work stays: the record was marked with it, and is looked at again. One that could not be
 * taken back is as it was before that was tried, with the reason.
 */
export async function saveConflicts(
  tx: Tx,
  page: PageContext,
  outcomes: Map<RecordWork, Outcome>,
  saved: Map<RecordWork, SavedLink>,
): Promise<void> {
  const looked = [...outcomes].filter(([, { kind }]) => kind !== "again").map(([work]) => work);
  if (!looked.length) return;
  const open = looked.flatMap((work) => rowsOf(page, work, saved.get(work)));
  const subjects = new Map(looked.map((work) => [work, subjectsOf(work, saved.get(work))]));
  if (!open.length && !(await haveConflicts(tx, page.integrationId, [...subjects.values()].flat()))) return;
  const given = sql`jsonb_to_recordset(${JSON.stringify(open)}::jsonb) as x(
    side text, record_id text, kind text, link_id uuid, mapping_id uuid, other_side text, other_id text, detail jsonb,
    base_value jsonb, snov_value jsonb, hubspot_value jsonb, resolution_id uuid, outcome text, stop_reason text)`;
  if (open.length)
    await tx.execute(sql`
      insert into conflicts (integration_id, side, record_id, kind, link_id, mapping_id, other_side, other_id, detail,
        base_value, snov_value, hubspot_value, resolution_id, outcome, stop_reason)
      select ${page.integrationId}::uuid, x.side, x.record_id, x.kind, x.link_id, x.mapping_id, x.other_side, x.other_id,
        x.detail, x.base_value, x.snov_value, x.hubspot_value, x.resolution_id, x.outcome, x.stop_reason from ${given}
      on conflict (integration_id, side, record_id, kind, (coalesce(mapping_id::text, ''))) where closed_at is null
      do update set link_id = excluded.link_id, other_side = excluded.other_side, other_id = excluded.other_id,
        base_value = excluded.base_value, snov_value = excluded.snov_value,
        hubspot_value = excluded.hubspot_value, ${afterLook}`);
  const asked = JSON.stringify({
    subjects: [...subjects].flatMap(([work, named]) =>
      named.map((subject) => ({
        ...subject,
        values: looksAtValues(work),
        waiting: (work.plan.kind === "pair" && work.plan.waiting) || [],
      })),
    ),
    // A stopped mapping was not looked at: its conflicts stay open.
    stopped: page.planner.mappings.filter(({ stopped }) => stopped).map(({ id }) => id),
    // A choice that the page did not know of is not answered by it.
    known: looked.flatMap(({ resolutions }) => resolutions.map(({ resolutionId }) => resolutionId)),
  });
  const closings = JSON.stringify(
    looked.flatMap((work) => closingsOf(page, work, outcomes.get(work), saved.get(work))),
  );
  const close = sql`
    update conflicts c set closed_at = now(),
      (outcome, stop_reason, detail, resolution_id, resolution) = (
        select coalesce(max(x.outcome), 'healed'), max(x.stop_reason),
          c.detail || jsonb_strip_nulls(jsonb_build_object('said', max(x.said))),
          case when max(x.outcome) = 'kept' then coalesce((c.resolution -> 'undo' ->> 'act')::uuid, c.resolution_id)
            else c.resolution_id end,
          case when max(x.outcome) = 'kept' then c.resolution - 'undo' else c.resolution end
        from jsonb_to_recordset(${closings}::jsonb) as x(
          side text, record_id text, kind text, mapping_id uuid, resolution_id uuid, outcome text, stop_reason text,
          said text)
        where x.side = c.side and x.record_id = c.record_id and x.kind = c.kind
          and x.mapping_id is not distinct from c.mapping_id
          and x.resolution_id is not distinct from case when c.resolution is not null then c.resolution_id end
      )
    from jsonb_to_recordset(${asked}::jsonb -> 'subjects') as s(side text, record_id text, values boolean, waiting jsonb)
    where c.closed_at is null and c.integration_id = ${page.integrationId}::uuid
      and c.side = s.side and c.record_id = s.record_id and (s.values or c.mapping_id is null)
      and not (s.waiting ? coalesce(c.mapping_id::text, ''))
      and not (${asked}::jsonb -> 'stopped' ? coalesce(c.mapping_id::text, ''))
      and (c.resolution is null or ${asked}::jsonb -> 'known' ? c.resolution_id::text)
      and not exists (select 1 from ${given}
        where x.side = c.side and x.record_id = c.record_id and x.kind = c.kind
          and x.mapping_id is not distinct from c.mapping_id)`;
  await atOnce([() => tx.execute(close), () => endApart(tx, page.integrationId, looked, saved)]);
}

/** Whether anything is open about one of these records, or they are kept apart: of most pages, nothing is. */
async function haveConflicts(tx: Tx, integrationId: string, subjects: Subject[]): Promise<boolean> {
  const ids = subjects.map(({ record_id }) => record_id);
  const [found] = await tx
    .select({ id: conflicts.id })
    .from(conflicts)
    .where(
      and(
        eq(conflicts.integrationId, integrationId),
        inArray(conflicts.side, [...sides]),
        anyOf(conflicts.recordId, ids),
        or(isNull(conflicts.closedAt), eq(conflicts.outcome, "apart")),
      ),
    )
    .limit(1);
  return found !== undefined;
}

/** A conflict that is still there: its choice, if the page knew of it, was not carried out, or was taken back. */
const knew = "conflicts.resolution_id is not distinct from excluded.resolution_id";
const notAsked = sql.raw("'{recordName,said}'::text[]");
const saysSomethingElse = sql`(conflicts.other_id, conflicts.detail - ${notAsked}, conflicts.base_value,
      conflicts.snov_value, conflicts.hubspot_value) is distinct from (excluded.other_id, excluded.detail - ${notAsked},
      excluded.base_value, excluded.snov_value, excluded.hubspot_value)`;
const afterLook = sql`
  revision = conflicts.revision + case when ${saysSomethingElse} then 1 else 0 end,
  revised_in = case when ${saysSomethingElse} then pg_current_xact_id() else conflicts.revised_in end,
  outcome = case when ${sql.raw(knew)} then coalesce(excluded.outcome, conflicts.outcome) else conflicts.outcome end,
  detail = excluded.detail || case when ${sql.raw(knew)} and excluded.outcome is not null then '{}'::jsonb
    else jsonb_strip_nulls(jsonb_build_object('said', conflicts.detail -> 'said')) end,
  stop_reason = case when ${sql.raw(knew)} and excluded.outcome is not null then excluded.stop_reason
    else conflicts.stop_reason end,
  resolution = case when ${sql.raw(knew)} then null else conflicts.resolution end`;

/**
 * While the records themselves are in dispute, or neither of them is in its lists, nobody looks at their fields: what was
 * asked about those stays open. Of one that is left out for another reason, kept apart say, nothing is left to ask.
 */
function looksAtValues({ plan }: RecordWork): boolean {
  return plan.kind !== "disputed" && !(plan.kind === "excluded" && plan.reason === "out_of_scope");
}

function rowsOf(page: PageContext, work: RecordWork, link: SavedLink | undefined): Row[] {
  const [subject] = subjectsOf(work, link);
  const { plan } = work;
  if (!subject) return [];
  const row = {
    ...subject,
    link_id: link?.linkId ?? work.link?.id ?? null,
    mapping_id: null,
    other_side: null,
    other_id: null,
    base_value: null,
    snov_value: null,
    hubspot_value: null,
    ...unresolved,
  };
  const recordName = work.prospect?.name ?? work.contact?.name ?? "";
  if (plan.kind === "disputed") {
    const { dispute } = plan;
    if (dispute.kind === "removed_and_edited") {
      const { kind, removedOn, absence, mappingIds, values: edited } = dispute;
      const detail = { recordName, removedOn, absence, mappingIds, edited };
      return [{ ...row, kind, detail, ...fateOfRemoval(page, work, removedOn, edited) }];
    }
    const { kind, on, otherId } = dispute;
    // Two prospects meet in one contact after a merge; otherwise the other one is on the other side.
    const other_side = kind === "merged" ? on : otherSide(on);
    const mergedContactId = kind === "merged" ? work.link?.contactId : undefined;
    const detail = { recordName, addresses: ownKeys(work), ...(mergedContactId ? { mergedContactId } : {}) };
    return [{ ...row, kind, other_side, other_id: otherId, detail }];
  }
  if (plan.kind !== "pair") return [];
  return plan.conflicts.map((conflict) => {
    if (conflict.kind === "same_address") {
      const { kind, mappingId, on, otherId } = conflict;
      const detail = { recordName, addresses: ownKeys(work), ...saidAbout(work, mappingId) };
      const { snov: snov_value, hubspot: hubspot_value } = conflict.values;
      const base_value = plan.base[mappingId] ?? null;
      const about = { other_side: on, other_id: otherId, base_value, snov_value, hubspot_value };
      return { ...row, kind, mapping_id: mappingId, detail, ...about, ...fateOf(work, mappingId) };
    }
    const { kind, mappingId, base, values } = conflict;
    return {
      ...row,
      ...fateOf(work, mappingId),
      kind,
      mapping_id: mappingId,
      detail: { recordName, ...saidAbout(work, mappingId) },
      base_value: base ?? null,
      snov_value: values.snov,
      hubspot_value: values.hubspot,
    };
  });
}
