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
  /** The field, or the trouble that the records are in. */
  const whatOf = (conflict: ConflictRow) => fieldName(conflict) ?? t(`conflicts.kind.${conflict.kind}`);
  return {
    pairName,
    fieldName,
    recordName,
    whatOf,
    /** What HubSpot calls the contact, where that is not what the record is called already. */
    contactName: ({ recordName: own, contactName: theirs }: ConflictRow) =>
      theirs && theirs.trim().toLowerCase() !== own?.trim().toLowerCase() ? theirs : null,
    /** Which conflict it is, in one line. */
    aboutOf: (conflict: ConflictRow) => `${recordName(conflict)}, ${whatOf(conflict)}`,
  };
}
