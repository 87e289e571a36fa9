import { z } from "zod";
import type { ChoiceOption } from "@/db/schema/prospects";
import type { FieldType } from "@/sync/value";
import { ServiceError } from "../service-error";

export const NewOption = z.object({
  /** Missing for a new choice; a kept choice keeps the value that records hold. */
  value: z.string().trim().min(1).max(200).optional(),
  label: z.string().trim().min(1).max(200),
});
export type NewOption = z.infer<typeof NewOption>;

function takesOptions(type: FieldType): boolean {
  return type === "choice" || type === "choices";
}

/** Gives every choice a value made from its label, unlike all others, and refuses two alike labels. */
export function settleOptions(
  type: FieldType,
  options: NewOption[],
  before: ChoiceOption[] = [],
): ChoiceOption[] {
  if (!takesOptions(type)) return [];
  if (!options.length) throw refuse("choices_missing");
  const labels = new Set(options.map((option) => option.label.toLowerCase()));
  if (labels.size < options.length) throw refuse("choices_alike");

  const known = new Set(before.map((option) => option.value));
  // A removed choice's value is never given again: records may still hold it with its old meaning.
  const taken = new Set([...known, ...options.flatMap((option) => option.value ?? [])]);
  const kept = new Set<string>();
  return options.map(({ value, label }) => {
    if (value && !kept.has(value)) {
      kept.add(value);
      return { value, label };
    }
    const fresh = freeValue(label, taken);
    taken.add(fresh);
    return { value: fresh, label };
  });
}

function freeValue(label: string, taken: Set<string>): string {
  const stem =
    label
      .normalize("NFD")
      .replace(/\p{M}/gu, "")
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, "_")
      .replace(/^_+|_+$/g, "") || "choice";
  for (let number = 1; ; number++) {
    const value = number === 1 ? stem : `${stem}_${number}`;
    if (!taken.has(value)) return value;
  }
}

function refuse(reason: string): ServiceError {
  return new ServiceError("invalid_input", reason, { fields: { options: reason } });
}
