import type { PlannedChange } from "@/db/schema/runs";
import { fieldLabel } from "@/services/sync/field-label";
import { valuesOf } from "@/services/sync/harm-of-work";
import { reasonHeld } from "@/services/sync/outcome";
import type { PageContext } from "@/services/sync/page-context";
import type { RecordWork } from "@/services/sync/record-work";
import { ownValue } from "@/sync/own-value";
import { sides } from "@/sync/side";

type Standing = { mappingId: string; reason: string; detail: Record<string, string> };

/** What both sides hold in the fields that stay as they are while the rest of a record travels, with the reason. Pure. */
export function standingFields(page: PageContext, work: RecordWork): PlannedChange[] {
  const values = valuesOf(work);
  return standing(page, work).flatMap(({ mappingId, reason: kept, detail: why }) => {
    const mapping = page.planner.mappings.find(({ id }) => id === mappingId);
    if (!mapping) return [];
    return sides.map((side): PlannedChange => {
      const field = mapping.fields[side];
      const present = ownValue(values[side] ?? {}, field) ?? null;
      return {
        side,
        field,
        label: fieldLabel(page, side, field),
        before: present,
        after: present,
        kept,
        why,
      };
    });
  });
}

function standing(page: PageContext, { plan }: RecordWork): Standing[] {
  if (plan.kind === "create") return plan.held.map((held) => toStanding(page, held));
  if (plan.kind !== "pair") return [];
  const disputed = plan.conflicts.map(({ mappingId, kind }) => ({
    mappingId,
    reason: kind === "value" ? "values_differ" : kind,
    detail: {},
  }));
  const held = plan.held.filter((one) => !disputed.some(({ mappingId }) => mappingId === one.mappingId));
  return [...disputed, ...held.map((one) => toStanding(page, one))];
}

function toStanding(page: PageContext, held: Parameters<typeof reasonHeld>[1]): Standing {
  return { mappingId: held.mappingId, ...reasonHeld(page, held) };
}
