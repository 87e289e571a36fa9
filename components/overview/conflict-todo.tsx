import { useFormatter, useTranslations } from "next-intl";
import { otherSide } from "@/sync/side";
import type { ConflictProps } from "./conflict-entry";
import { RecordTitle } from "./record-title";
import { useShownLabel } from "./shown-value";

type Needed = "kind" | "mappingId" | "other" | "linkable" | "detail" | "edits";
type Props = Pick<ConflictProps, "fields"> & { conflict: Pick<ConflictProps["conflict"], Needed> };

/** One sentence on what happened and what a person can do about it. */
export function ConflictTodo({ conflict, fields }: Props) {
  const t = useTranslations("overview.conflicts.todo");
  const format = useFormatter();
  const label = useShownLabel(fields);
  const {
    kind,
    mappingId,
    other,
    linkable,
    edits,
    detail: { removedOn },
  } = conflict;
  if (kind === "removed_and_edited" && removedOn) {
    const side = otherSide(removedOn);
    const edited = edits.map(({ fields: field }) => label(side, field[side]));
    return t(`removed_and_edited.${removedOn}`, {
      fields: edited.length ? format.list(edited) : t("something"),
    });
  }
  if (kind !== "same_address" && kind !== "merged") return t("value");
  const ofRecords = kind === "same_address" && !linkable ? "same_address_linked" : kind;
  return t.rich(mappingId ? "address_taken" : ofRecords, {
    other: () => (
      <RecordTitle
        name={other?.name ?? null}
        prospectId={other?.side === "snov" ? other.id : null}
        contactId={other?.side === "hubspot" ? other.id : null}
      />
    ),
  });
}
