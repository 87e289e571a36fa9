import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ShownValue } from "@/components/overview/shown-value";
import { type Side, sides } from "@/sync/side";
import type { Value } from "@/sync/value";
import type { ConflictContext } from "./conflict-context";
import classes from "./conflicts.module.css";

type Props = {
  context: ConflictContext;
  /** HubSpot's name of the field. */
  property: string;
  base: Value;
  /** What one of them has now: of a long text the part is shown in which that differs. */
  beside: Value;
  /** What is shown of a side. */
  of: (side: Side) => ReactNode;
};

/** What both sides had of a field, and beside it what each has now. */
export function ValueColumns({ context, property, base, beside, of }: Props) {
  const t = useTranslations("conflicts.values");
  return (
    <dl className={classes.values}>
      <div>
        <dt>{t("base")}</dt>
        <dd className={classes.base}>
          {base === null ? (
            t("noBase")
          ) : (
            <ShownValue
              fields={context.fields}
              side="hubspot"
              field={property}
              value={base}
              beside={beside}
            />
          )}
        </dd>
      </div>
      {sides.map((side) => (
        <div key={side}>
          <dt>{t(side)}</dt>
          <dd>{of(side)}</dd>
        </div>
      ))}
    </dl>
  );
}
