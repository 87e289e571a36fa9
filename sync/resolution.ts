import { toShared } from "./choices";
import { sameMeaning } from "./mapping-value";
import type { PlannerMapping } from "./planner-settings";
import { type Both, type Side, sides } from "./side";
import type { Value } from "./value";

/** What a person decides about a field on which the sides differ. */
export type FieldChoice =
  | { kind: "take"; side: Side }
  /** Typed, as both sides share it; only where both may be written. */
  | { kind: "value"; value: Value }
  /** Both stay as they are until one of them changes. */
  | { kind: "leave" };

export type FieldResolution = {
  choice: FieldChoice;
  /** The sides' own values that the person saw. */
  seen: Both<Value>;
  /** The choice is taken back: what was seen is put back, and the sides agree on `base` again. */
  undo?: { base?: Value };
};

/** What a person decides about a record that was removed on one side and edited on the other. */
export type RemovalChoice = "remove" | "bring_back";
export type RemovalResolution = {
  choice: RemovalChoice;
  /** Field mapping id → the edited side's own value that the person saw. */
  seen: Record<string, Value>;
};

/** A choice, as far as it is about the values that are there now. */
export type Chosen = { kind: "value"; value: Value } | { kind: "leave" };

/**
 * What a person chose about these shared values; null where they have moved since. A side that holds what was chosen
 * has not moved: it has it already.
 */
export function chosenNow(
  mapping: PlannerMapping,
  { choice, seen }: FieldResolution,
  values: Both<Value>,
): Chosen | null {
  const asSeen = (side: Side) => {
    const shared = toShared(mapping, side, seen[side]);
    return shared.kind === "value" && sameMeaning(mapping, shared.value, values[side]);
  };
  if (choice.kind === "leave") return sides.every(asSeen) ? choice : null;
  if (choice.kind === "take" && !asSeen(choice.side)) return null;
  const value = choice.kind === "take" ? values[choice.side] : choice.value;
  const stands = sides.every((side) => asSeen(side) || sameMeaning(mapping, value, values[side]));
  return stands ? { kind: "value", value } : null;
}

/** Why a choice about unmoved values could not be carried out. */
export type StopReason =
  | "choice_not_mapped"
  | "email_removed"
  | "cannot_clear"
  | "out_of_scope"
  | "refused"
  | "address_taken"
  | "one_way"
  | "rule";
