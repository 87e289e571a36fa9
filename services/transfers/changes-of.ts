import type { PlannedChange } from "@/db/schema/runs";
import { fieldLabel } from "@/services/sync/field-label";
import { valuesOf } from "@/services/sync/harm-of-work";
import type { PageContext } from "@/services/sync/page-context";
import type { AppliedWrite, RecordWork } from "@/services/sync/record-work";
import { type PlannedWrite, plannedWrites } from "@/sync/fuses";

/** Every value that a plan changes, or gives to a new record. */
export function changesOf(page: PageContext, work: RecordWork): PlannedChange[] {
  const { plan } = work;
  if (plan.kind !== "pair" && plan.kind !== "create") return [];
  const writes: PlannedWrite[] =
    plan.kind === "pair"
      ? plannedWrites(plan, valuesOf(work))
      : Object.entries(plan.fields).map(([field, after]) => ({ side: plan.on, field, before: null, after }));
  return writes.map((write) => ({ ...write, label: fieldLabel(page, write.side, write.field) }));
}

/** What a page of this run had written to HubSpot and did not live to save. */
export function arrived({ runId }: PageContext, { applied }: RecordWork): AppliedWrite[] {
  return applied.filter(({ run }) => runId !== null && run?.id === runId);
}

/** Every value that a run changes of a record, those included that arrived before. */
export function allChangesOf(page: PageContext, work: RecordWork): PlannedChange[] {
  const side = "hubspot" as const;
  return [
    ...arrived(page, work).map(({ field, before, after }) => ({
      side,
      field,
      label: fieldLabel(page, side, field),
      before,
      after,
    })),
    ...changesOf(page, work),
  ];
}
