"use client";

import { Button } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ShownValue, useShownLabel } from "@/components/overview/shown-value";
import { useReasonText } from "@/components/ui/use-reason-text";
import type { TransferItem } from "@/services/transfers/read-items";
import classes from "./item-changes.module.css";
import type { ShownFields } from "./shown-fields";

type Props = { changes: TransferItem["changes"]; fields: ShownFields };
const shownAtFirst = 4;

/** The values that change of one record, before and after beside each other. */
export function ItemChanges({ changes, fields }: Props) {
  const t = useTranslations("transfers.changes");
  const more = useTranslations("activity");
  const side = useTranslations("transfers.side");
  const label = useShownLabel(fields);
  const reason = useReasonText();
  const [all, setAll] = useState(false);
  const shown = all ? changes : changes.slice(0, shownAtFirst);
  const hidden = changes.length - shown.length;
  if (!changes.length) return null;
  return (
    <>
      <table className={classes.changes}>
        <thead>
          <tr>
            <th scope="col">{t("field")}</th>
            <th scope="col">{t("before")}</th>
            <th scope="col">{t("after")}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((change) => (
            <tr key={`${change.side}:${change.field}`}>
              <th scope="row">
                {label(change.side, change.field, change.label)}{" "}
                <span className={classes.side}>
                  {change.side === "snov" ? side("inSnov") : side("inHubspot")}
                </span>
              </th>
              <td data-label={t("before")} className={classes.before}>
                <ShownValue
                  fields={fields}
                  side={change.side}
                  field={change.field}
                  value={change.before}
                  beside={change.after}
                />
              </td>
              <td data-label={t("after")}>
                {change.kept ? (
                  <>
                    {t("stays")} <span className={classes.side}>{reason(change.kept, change.why ?? {})}</span>
                  </>
                ) : (
                  <ShownValue
                    fields={fields}
                    side={change.side}
                    field={change.field}
                    value={change.after}
                    beside={change.before}
                  />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {hidden ? (
        <Button variant="subtle" size="compact-sm" mt={4} ml={-8} onClick={() => setAll(true)}>
          {more("moreFields", { count: hidden })}
        </Button>
      ) : null}
    </>
  );
}
