import { useTranslations } from "next-intl";
import { FieldValue } from "@/components/fields/field-value";
import { shownLabel } from "@/components/prospects/shown-label";
import type { Overview } from "@/services/integrations/read-overview";
import type { Side } from "@/sync/side";
import type { Value } from "@/sync/value";
import { shownPart } from "./shown-part";

type Props = {
  fields: Overview["fields"];
  side: Side;
  field: string;
  value: Value;
  /** What it is read against: of long texts the part is shown in which they differ. */
  beside?: Value;
} & Pick<Parameters<typeof FieldValue>[0], "differing">;

/** A value in a list, as its field's type asks; a field that is gone shows it as text. */
export function ShownValue({ fields, side, field, value, beside = null, differing }: Props) {
  const known = fields[side][field];
  const part = shownPart(value, beside);
  return (
    <FieldValue type={known?.type ?? "text"} value={part} options={known?.options} differing={differing} />
  );
}

/** How a side calls a field. */
export function useShownLabel(fields: Overview["fields"]) {
  const standard = useTranslations("fields.standard");
  return (side: Side, field: string, fallback?: string) =>
    shownLabel(standard, fields, side, field, fallback);
}
