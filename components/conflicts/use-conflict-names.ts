import { useTranslations } from "next-intl";
import { useShownLabel } from "@/components/overview/shown-value";
import type { ConflictRow } from "@/services/conflicts/read-page";
import type { ConflictContext } from "./conflict-context";

/** What a record and a field in conflict are called. */
export function useConflictNames(context: ConflictContext) {
  const label = useShownLabel(context.fields);
  const t = useTranslations("overview");
  const pairName = (snov: string, hubspot: string) => {
    const [one, other] = [label("snov", snov), label("hubspot", hubspot)];
    return one.toLowerCase() === other.toLowerCase() ? one : `${one} ↔ ${other}`;
  };
  const fieldName = ({ fields }: ConflictRow) => fields && pairName(fields.snov, fields.hubspot);
  const recordName = ({ recordName: name, contactId }: ConflictRow) =>
    name || (contactId ? t("contact", { id: contactId }) : t("nameless"));
  return {
    pairName,
    fieldName,
    /** Which conflict it is, in one line. */
    aboutOf: (conflict: ConflictRow) =>
      `${recordName(conflict)}, ${fieldName(conflict) ?? t(`conflicts.kind.${conflict.kind}`)}`,
  };
}
