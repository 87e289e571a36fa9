import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { ConflictDetail, ConflictKind } from "@/db/schema/conflicts";
import { matchKey } from "@/sync/match-key";
import { otherSide, type Side } from "@/sync/side";
import type { Value } from "@/sync/value";
import type { SavedLink } from "./commit-links";
import { contactKeys } from "./contact-keys";
import type { Outcome } from "./outcome";
import type { PageContext } from "./page-context";
import type { RecordWork } from "./record-work";

type Subject = { side: Side; record_id: string };
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
};

/** Opens and renews the conflicts of what was looked at; those that healed close themselves. */
export async function saveConflicts(
  tx: Tx,
  page: PageContext,
  outcomes: Map<RecordWork, Outcome>,
  saved: Map<RecordWork, SavedLink>,
): Promise<void> {
  const looked = [...outcomes].filter(([, { kind }]) => kind !== "again").map(([work]) => work);
  if (!looked.length) return;
  const open = looked.flatMap((work) => rowsOf(work, saved.get(work)));
  const given = sql`jsonb_to_recordset(${JSON.stringify(open)}::jsonb) as x(
    side text, record_id text, kind text, link_id uuid, mapping_id uuid, other_side text, other_id text, detail jsonb,
    base_value jsonb, snov_value jsonb, hubspot_value jsonb)`;
  if (open.length)
    await tx.execute(sql`
      insert into conflicts (integration_id, side, record_id, kind, link_id, mapping_id, other_side, other_id, detail,
        base_value, snov_value, hubspot_value)
      select ${page.integrationId}::uuid, x.side, x.record_id, x.kind, x.link_id, x.mapping_id, x.other_side, x.other_id,
        x.detail, x.base_value, x.snov_value, x.hubspot_value from ${given}
      on conflict (integration_id, side, record_id, kind, (coalesce(mapping_id::text, ''))) where closed_at is null
      do update set link_id = excluded.link_id, other_side = excluded.other_side, other_id = excluded.other_id,
        detail = excluded.detail, base_value = excluded.base_value, snov_value = excluded.snov_value,
        hubspot_value = excluded.hubspot_value`);
  const asked = JSON.stringify({
    subjects: looked.flatMap((work) =>
      subjectsOf(work, saved.get(work)).map((subject) => ({ ...subject, values: looksAtValues(work) })),
    ),
    // A stopped mapping was not looked at: its conflicts stay open.
    stopped: page.planner.mappings.filter(({ stopped }) => stopped).map(({ id }) => id),
  });
  await tx.execute(sql`
    update conflicts c set closed_at = now()
    from jsonb_to_recordset(${asked}::jsonb -> 'subjects') as s(side text, record_id text, values boolean)
    where c.closed_at is null and c.integration_id = ${page.integrationId}::uuid
      and c.side = s.side and c.record_id = s.record_id and (s.values or c.mapping_id is null)
      and not (${asked}::jsonb -> 'stopped' ? coalesce(c.mapping_id::text, ''))
      and not exists (select 1 from ${given}
        where x.side = c.side and x.record_id = c.record_id and x.kind = c.kind
          and x.mapping_id is not distinct from c.mapping_id)`);
}

/** While the records themselves are in dispute, nobody looks at their fields. */
function looksAtValues({ plan }: RecordWork): boolean {
  return plan.kind !== "disputed" && !(plan.kind === "excluded" && plan.reason === "out_of_scope");
}

function rowsOf(work: RecordWork, link: SavedLink | undefined): Row[] {
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
  };
  const recordName = work.prospect?.name ?? work.contact?.name ?? "";
  if (plan.kind === "disputed") {
    const { dispute } = plan;
    if (dispute.kind === "removed_and_edited") {
      const { kind, removedOn, absence, mappingIds } = dispute;
      return [{ ...row, kind, detail: { recordName, removedOn, absence, mappingIds } }];
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
      const detail = { recordName, addresses: ownKeys(work) };
      return { ...row, kind, mapping_id: mappingId, other_side: on, other_id: otherId, detail };
    }
    const { kind, mappingId, base, values } = conflict;
    return {
      ...row,
      kind,
      mapping_id: mappingId,
      detail: { recordName },
      base_value: base ?? null,
      snov_value: values.snov,
      hubspot_value: values.hubspot,
    };
  });
}

/** The record that conflicts are about, and every name under which earlier ones may have been opened. */
function subjectsOf({ prospect, contact, link }: RecordWork, saved: SavedLink | undefined): Subject[] {
  const prospectId = prospect?.id ?? saved?.prospectId ?? link?.prospectId;
  const contactId = contact?.id ?? saved?.contactId ?? link?.contactId;
  return [
    ...(prospectId ? [{ side: "snov" as const, record_id: prospectId }] : []),
    ...(contactId ? [{ side: "hubspot" as const, record_id: contactId }] : []),
  ];
}

function ownKeys({ prospect, contact }: RecordWork): string[] {
  return [...new Set([...(prospect?.emails ?? []).map(matchKey), ...(contact ? contactKeys(contact) : [])])];
}
