import type { FieldDelta } from "@/db/schema/sync";
import type { NewActivity } from "@/services/activities/record-activity";
import type { Side } from "@/sync/side";
import { otherSide } from "@/sync/side";
import { isEmpty, type Value } from "@/sync/value";
import type { SavedLink } from "./commit-links";
import { fieldLabel } from "./field-label";
import type { PageContext } from "./page-context";
import type { AppliedWrite, RecordWork } from "./record-work";

/** One activity per side that a page wrote, with every field's value before and after. */
export function activitiesOf(
  page: PageContext,
  works: RecordWork[],
  saved: Map<RecordWork, SavedLink>,
): NewActivity[] {
  const now = Date.now();
  return works.flatMap((work) =>
    writtenSides(work).map(({ side, writes, created }) => {
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
        changes: deltas(page, work, side, writes),
        cause: page.undoneBy ?? { kind: "sync" as const, from },
        runId: page.runId,
        latencyMs: noticed.length && !page.runId ? Math.max(0, now - Math.min(...noticed)) : null,
      };
    }),
  );
}

/** What HubSpot took from a page that did not live to tell of it. */
export function appliedBefore(page: PageContext, { prospect, contact, applied }: RecordWork): NewActivity[] {
  if (!applied.length) return [];
  return [
    {
      workspaceId: page.workspaceId,
      integrationId: page.integrationId,
      prospectId: prospect?.id ?? null,
      contactId: contact?.id ?? null,
      side: "hubspot",
      kind: `contact/${isCreation(page, applied) ? "created" : "edited"}`,
      recordName: prospect?.name ?? null,
      changes: applied.map(({ field, before, after }) => ({
        field,
        label: fieldLabel(page, "hubspot", field),
        before,
        after,
      })),
      cause: page.undoneBy ?? { kind: "sync", from: "snov" },
      runId: page.runId,
    },
  ];
}

/** Only a new contact is given an address where it had none. */
function isCreation({ planner }: PageContext, applied: AppliedWrite[]): boolean {
  const identity = planner.mappings.find((mapping) => mapping.identity);
  return applied.some(({ mappingId, before }) => mappingId === identity?.id && isEmpty(before));
}

function writtenSides({
  plan,
}: RecordWork): { side: Side; writes: Record<string, Value>; created: boolean }[] {
  if (plan.kind === "create") return [{ side: plan.on, writes: plan.fields, created: true }];
  if (plan.kind !== "pair") return [];
  return (["snov", "hubspot"] as const)
    .filter((side) => Object.keys(plan.writes[side]).length)
    .map((side) => ({ side, writes: plan.writes[side], created: false }));
}

function deltas(
  page: PageContext,
  work: RecordWork,
  side: Side,
  writes: Record<string, Value>,
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
    const why = whyOf(field);
    return {
      field,
      label: fieldLabel(page, side, field),
      before: before?.[field] ?? null,
      after,
      ...(why ? { why } : {}),
    };
  });
}
