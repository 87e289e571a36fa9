import { FieldValue } from "@/components/fields/field-value";
import { useFieldLabel } from "@/components/prospects/field-label";
import type { Overview } from "@/services/integrations/read-overview";
import type { Side } from "@/sync/side";
import type { Value } from "@/sync/value";

type Props = { fields: Overview["fields"]; side: Side; field: string; value: Value } & Pick<
  Parameters<typeof FieldValue>[0],
  "differing"
>;

/** A value as its field's type asks; a field that is gone shows it as text. */
export function ShownValue({ fields, side, field, value, differing }: Props) {
  const known = fields[side][field];
  return (
    <FieldValue type={known?.type ?? "text"} value={value} options={known?.options} differing={differing} />
  );
}

/** How a side calls a field. */
export function useShownLabel(fields: Overview["fields"]) {
  const standard = useFieldLabel();
  return (side: Side, field: string, fallback?: string) =>
    side === "snov"
      ? standard(field, fields.snov[field]?.label ?? fallback ?? null)
      : (fields.hubspot[field]?.label ?? fallback ?? field);
}
