import type { ActivityCause, FieldDelta } from "@/db/schema/sync";
import { groupBy } from "@/lib/group-by";
import type { NewActivity } from "@/services/activities/record-activity";
import { ownValue } from "@/sync/own-value";
import { otherSide, type Side, sides } from "@/sync/side";
import { isEmpty, type Value } from "@/sync/value";
import { chosenBy } from "./chosen-by";
import type { SavedLink } from "./commit-links";
import { fieldLabel } from "./field-label";
import type { PageContext } from "./page-context";
import { type AppliedWrite, prospectIdOf, type RecordWork } from "./record-work";

/** One activity per side that a page wrote, with every field's value before and after. */
export function activitiesOf(
  page: PageContext,
  works: RecordWork[],
  saved: Map<RecordWork, SavedLink>,
): NewActivity[] {
  const now = Date.now();
  return works.flatMap((work) =>
    sideActivities(work).map(({ side, writes, created, cause }) => {
      const link = saved.get(work);
      const from = otherSide(side);
      // What a side is given comes from the other one, whichever notice set the page off.
      const noticed = work.claimed
        .filter((record) => record.side === from)
        .map(({ noticedAt }) => noticedAt.getTime());
      return {
        workspaceId: page.workspaceId,
        integrationId: page.integrationId,
        prospectId: link?.prospectId ?? null,
        contactId: link?.contactId ?? null,
        side,
        kind: `${side === "snov" ? "prospect" : "contact"}/${created ? "created" : "edited"}`,
        recordName: work.prospect?.name ?? work.contact?.name ?? null,
        changes: deltas(page, work, side, writes, takesBack(cause)),
        cause: page.undoneBy ?? cause ?? { kind: "sync" as const, from },
        runId: page.runId,
        latencyMs: noticed.length && !page.runId && !cause ? Math.max(0, now - Math.min(...noticed)) : null,
      };
    }),
  );
}

/**
 * What HubSpot took from a page that did not live to tell of it, under the run that had sent it, or whoever had chosen it
 * then: by now they may have chosen otherwise.
 */
export function appliedBefore(page: PageContext, work: RecordWork): NewActivity[] {
  const { prospect, contact, applied } = work;
  const untold = applied.filter(({ told }) => !told);
  const tellers = groupBy(
    untold,
    ({ run, by, mappingId }) => `${run?.id} ${by ? mappingId : ""} ${JSON.stringify(by)}`,
  );
  return [...tellers.values()].map((writes) => {
    const [first] = writes;
    return {
      workspaceId: page.workspaceId,
      integrationId: page.integrationId,
      prospectId: prospect?.id ?? null,
      contactId: contact?.id ?? null,
      side: "hubspot",
      kind: `contact/${isCreation(page, writes) ? "created" : "edited"}`,
      recordName: prospect?.name ?? null,
      changes: writes.map(({ field, before, after }) => ({
        field,
        label: fieldLabel(page, "hubspot", field),
        before,
        after,
      })),
      cause: first?.run?.undoneBy ?? first?.by ?? { kind: "sync", from: "snov" },
      runId: first?.run?.id ?? null,
    };
  });
}

/** Only a new contact is given an address where it had none. */
export function isCreation({ planner }: PageContext, applied: AppliedWrite[]): boolean {
  const identity = planner.mappings.find((mapping) => mapping.identity);
  return applied.some(({ mappingId, before }) => mappingId === identity?.id && isEmpty(before));
}

/** A choice, or one that was taken back, for which nothing had to be written: its record's history tells of it all the same. */
export function leftAsChosen(page: PageContext, work: RecordWork): NewActivity[] {
  const { plan, prospect, contact, link, resolutions } = work;
  if (plan.kind !== "pair") return [];
  return Object.entries(plan.resolved).flatMap(([id, { outcome, fields, question }]): NewActivity[] => {
    const cause = resolutions.find(({ mappingId }) => mappingId === id)?.by;
    const isWritten = sides.some((side) => Object.hasOwn(plan.writes[side], fields[side]));
    if ((outcome !== "applied" && outcome !== "undone") || !cause || isWritten) return [];
    const value = question.values.snov;
    return [
      {
        workspaceId: page.workspaceId,
        integrationId: page.integrationId,
        prospectId: prospectIdOf(work),
        contactId: contact?.id ?? link?.contactId ?? null,
        kind: outcome === "undone" ? "conflict/taken_back" : "conflict/left",
        recordName: prospect?.name ?? null,
        changes: [
          { field: fields.snov, label: fieldLabel(page, "snov", fields.snov), before: value, after: value },
        ],
        cause,
      },
    ];
  });
}

function takesBack(cause: ActivityCause | undefined): boolean {
  return cause?.kind === "member" && cause.takesBack === true;
}

type SideActivity = { side: Side; writes: Record<string, Value>; created: boolean; cause?: ActivityCause };

/** What people chose is told apart, each choice by itself: it is theirs, and can be taken back alone. */
function sideActivities(work: RecordWork): SideActivity[] {
  const { plan, resolutions } = work;
  if (plan.kind === "create") {
    const asked = resolutions.find(({ resolution }) => resolution.choice.kind === "bring_back");
    return [{ side: plan.on, writes: plan.fields, created: true, ...(asked ? { cause: asked.by } : {}) }];
  }
  if (plan.kind !== "pair") return [];
  return sides.flatMap((side) => {
    const writes = { ...plan.writes[side] };
    const chosen = Object.entries(plan.resolved).flatMap(([id, { fields }]): SideActivity[] => {
      const field = fields[side];
      const cause = chosenBy(work, id);
      const value = ownValue(writes, field);
      if (value === undefined || !cause) return [];
      delete writes[field];
      return [{ side, writes: { [field]: value }, created: false, cause }];
    });
    return Object.keys(writes).length ? [{ side, writes, created: false }, ...chosen] : chosen;
  });
}

function deltas(
  page: PageContext,
  work: RecordWork,
  side: Side,
  writes: Record<string, Value>,
  isBack: boolean,
): FieldDelta[] {
  const before = side === "snov" ? work.prospect?.fields : work.contact?.fields;
  const replaced = new Map(
    (work.plan.kind === "pair" ? work.plan.replaced : [])
      .filter(({ on }) => on === side)
      .map(({ mappingId, why }) => [mappingId, why]),
  );
  const whyOf = (field: string) => {
    const mapping = page.planner.mappings.find(({ fields }) => fields[side] === field);
    return replaced.get(mapping?.id ?? "");
  };
  return Object.entries(writes).map(([field, after]) => {
    // What is put back settles nothing.
    const why = isBack ? undefined : whyOf(field);
    return {
      field,
      label: fieldLabel(page, side, field),
      before: before?.[field] ?? null,
      after,
      ...(why ? { why } : {}),
    };
  });
}
