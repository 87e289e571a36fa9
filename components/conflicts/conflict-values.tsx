import { ShownValue } from "@/components/overview/shown-value";
import type { HubspotChanges } from "@/services/conflicts/read-changes";
import type { ConflictRow } from "@/services/conflicts/read-page";
import { otherSide, type Side, sides } from "@/sync/side";
import { ChangedInHubspot } from "./changed-in-hubspot";
import type { ConflictContext } from "./conflict-context";
import classes from "./conflicts.module.css";
import { differingChoices } from "./differing-choices";
import { differingParts, shownParts } from "./differing-parts";
import { ChangedInSnov, EditedValues } from "./edited-values";
import { ValueColumns } from "./value-columns";

export type ConflictValuesProps = {
  conflict: ConflictRow;
  context: ConflictContext;
  /** When HubSpot's values were changed and by whom, where that has been asked. */
  changes?: HubspotChanges | undefined;
};

/** What both sides had, and what each has now, beside each other with their differences marked. */
export function ConflictValues({ conflict, context, changes }: ConflictValuesProps) {
  const { fields: pair, base, values } = conflict;
  if (conflict.edits.length) return <EditedValues {...{ conflict, context, changes }} />;
  if (!pair) return null;
  return (
    <ValueColumns
      context={context}
      property={pair.hubspot}
      base={base}
      beside={values.hubspot}
      of={(side) => (
        <>
          <MarkedValue {...{ side, pair, conflict, context }} />
          <span className={classes.when}>
            {side === "snov" ? (
              <ChangedInSnov {...conflict} />
            ) : (
              <ChangedInHubspot change={changes?.[pair.hubspot]} />
            )}
          </span>
        </>
      )}
    />
  );
}

type MarkedProps = {
  side: Side;
  pair: NonNullable<ConflictRow["fields"]>;
  conflict: ConflictRow;
  context: ConflictContext;
};

function MarkedValue({
  side,
  pair,
  conflict: { values, mappingId },
  context: { fields, mappings },
}: MarkedProps) {
  const mapping = mappings[mappingId ?? ""];
  const [own, other] = [values[side], values[otherSide(side)]];
  const isText = sides.every((one) => (fields[one][pair[one]]?.type ?? "text") === "text");
  if (!isText || typeof own !== "string" || typeof other !== "string")
    return (
      <ShownValue
        fields={fields}
        side={side}
        field={pair[side]}
        value={own}
        differing={mapping && differingChoices(values, side, mapping.valueMap)}
      />
    );
  const [parts] = differingParts(own, other);
  const { before, differing, after } = shownParts(parts);
  return (
    <span className={classes.text}>
      {before}
      {differing ? <mark className={classes.differing}>{differing}</mark> : null}
      {after}
    </span>
  );
}
