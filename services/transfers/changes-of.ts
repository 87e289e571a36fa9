import type { PlannedChange } from "@/db/schema/runs";
import { fieldLabel } from "@/services/sync/field-label";
import { valuesOf } from "@/services/sync/harm-of-work";
import type { PageContext } from "@/services/sync/page-context";
import type { RecordWork } from "@/services/sync/record-work";
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
