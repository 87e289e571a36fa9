import { useTranslations } from "next-intl";
import { FieldValue } from "@/components/fields/field-value";
import { shownLabel } from "@/components/prospects/shown-label";
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
  const standard = useTranslations("fields.standard");
  return (side: Side, field: string, fallback?: string) =>
    shownLabel(standard, fields, side, field, fallback);
}
