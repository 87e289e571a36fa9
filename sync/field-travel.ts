import { fromShared } from "./choices";
import { matchKey } from "./match-key";
import { ownValue } from "./own-value";
import type { FieldCase } from "./plan-field";
import type { HeldReason } from "./record-plan";
import { otherSide, type Side } from "./side";
import { isEmpty, type Value } from "./value";

/** A shared value as one side would have it, or what keeps it from there. */
export type FieldTravel =
  | { kind: "fits"; value: Value }
  | {
      kind: "held";
      reason: Extract<HeldReason, "out_of_scope" | "email_removed" | "cannot_clear" | "choice_not_mapped">;
      value: string;
    }
  /** Another record of that side has the address. */
  | { kind: "taken"; by: string };

export function fieldTravel(field: FieldCase, to: Side, value: Value): FieldTravel {
  const { settings, input, records, mapping, present } = field;
  const held = (reason: Extract<FieldTravel, { kind: "held" }>["reason"]) =>
    ({ kind: "held", reason, value: String(present[to]) }) as const;
  if (!records[otherSide(to)].inScope) return held("out_of_scope");
  if (mapping.identity && isEmpty(value)) return held("email_removed");
  if (isEmpty(value) && !settings.capabilities[to].clear) return held("cannot_clear");
  const owner = mapping.identity ? ownValue(input.addressOwners[to], matchKey(String(value))) : undefined;
  if (owner !== undefined) return { kind: "taken", by: owner };
  const target = fromShared(mapping, to, value, present[to]);
  return target.kind === "unmapped"
    ? { kind: "held", reason: "choice_not_mapped", value: target.choice }
    : { kind: "fits", value: target.value };
}
