import type { PlannedChange } from "@/db/schema/runs";
import { fieldLabel } from "@/services/sync/field-label";
import { valuesOf } from "@/services/sync/harm-of-work";
import type { PageContext } from "@/services/sync/page-context";
import type { RecordWork, UndoneWork } from "@/services/sync/record-work";
import { ownValue } from "@/sync/own-value";
import { allChangesOf } from "./changes-of";

/** What the undo of a transfer does to a record: the fields that it puts back, and those that stay, with the reason. */
export function shownUndo(page: PageContext, work: RecordWork, { kept, reason }: UndoneWork) {
  if (work.plan.kind === "take_back") return { planned: "take_back" as const, reason: null, changes: [] };
  const values = valuesOf(work);
  const stays = kept.map(({ side, field, reason: why }): PlannedChange => {
    const present = ownValue(values[side] ?? {}, field) ?? null;
    const label = fieldLabel(page, side, field);
    return { side, field, label, before: present, after: present, kept: why };
  });
  const isPair = work.plan.kind === "pair";
  const back = isPair ? allChangesOf(page, work) : [];
  return back.length
    ? { planned: "put_back" as const, reason: null, changes: [...back, ...stays] }
    : { planned: "skip" as const, reason: reason ?? kept[0]?.reason ?? "already_back", changes: stays };
}
