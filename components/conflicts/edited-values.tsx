import { useTranslations } from "next-intl";
import { ShownValue, useShownLabel } from "@/components/overview/shown-value";
import { TimeAgo } from "@/components/ui/formatted";
import type { ConflictRow } from "@/services/conflicts/read-page";
import { otherSide } from "@/sync/side";
import { ChangedInHubspot } from "./changed-in-hubspot";
import type { ConflictValuesProps } from "./conflict-values";
import classes from "./conflicts.module.css";
import { ValueColumns } from "./value-columns";

/** What was edited of a record before it was deleted on the other side, or after: each field as both had it, and as it is. */
export function EditedValues({ conflict, context, changes }: ConflictValuesProps) {
  const label = useShownLabel(context.fields);
  const removedOn = conflict.detail.removedOn ?? "hubspot";
  const edited = otherSide(removedOn);
  return (
    <ul className={classes.edits}>
      {conflict.edits.map(({ mappingId, fields: pair, base, value, changedInSnov }) => (
        <li key={mappingId}>
          <b>{label(edited, pair[edited])}</b>
          <ValueColumns
            context={context}
            property={pair.hubspot}
            base={base}
            beside={value}
            of={(side) =>
              side === removedOn ? (
                <Deleted conflict={conflict} />
              ) : (
                <>
                  <mark className={classes.differing}>
                    <ShownValue
                      fields={context.fields}
                      side={side}
                      field={pair[side]}
                      value={value}
                      beside={base}
                    />
                  </mark>
                  <span className={classes.when}>
                    {side === "snov" ? (
                      <ChangedInSnov changedInSnov={changedInSnov} />
                    ) : (
                      <ChangedInHubspot change={changes?.[pair.hubspot]} />
                    )}
                  </span>
                </>
              )
            }
          />
        </li>
      ))}
    </ul>
  );
}

function Deleted({ conflict: { detail, trashed } }: { conflict: ConflictRow }) {
  const t = useTranslations("conflicts.values");
  if (detail.removedOn !== "snov" || !trashed) return t("deleted");
  return (
    <>
      {t("deleted")}
      <span className={classes.when}>
        {t.rich("deletedBy", {
          who: trashed.name ?? t("bySomebody"),
          when: () => <TimeAgo value={trashed.at} />,
        })}
      </span>
    </>
  );
}

export function ChangedInSnov({ changedInSnov: change }: Pick<ConflictRow, "changedInSnov">) {
  const t = useTranslations("conflicts.values");
  if (!change) return null;
  const who = change.name ?? t(change.by.kind === "integration" ? "byIntegration" : "bySomebody");
  return t.rich("changed", { who, when: () => <TimeAgo value={change.at} /> });
}
