"use client";

import { Select, UnstyledButton } from "@mantine/core";
import { useFormatter, useTranslations } from "next-intl";
import { Count } from "@/components/ui/formatted";
import { SearchField } from "@/components/ui/search-field";
import { shownStatuses } from "@/lib/shown-statuses";
import type { RecordsView } from "@/services/integrations/read-records";
import type { AskedRecords } from "./asked-records";
import classes from "./records.module.css";

type Props = { asked: AskedRecords; view: RecordsView; onAsk: (change: AskedRecords) => void };

/** Which records are shown: by status and reason, with how many there are of each, and by name. */
export function RecordFilters({ asked, view, onAsk }: Props) {
  const t = useTranslations("records.filters");
  const status = useTranslations("recordStatus");
  const reasonTexts = useTranslations("overview.reasons");
  const format = useFormatter();
  const reasons = view.reasons.filter((one) => one.status === asked.status);
  const reasonTitle = (reason: string) =>
    reasonTexts(reasonTexts.has(`${reason}.title`) ? `${reason}.title` : "unexpected.title");
  return (
    <div className={classes.filters}>
      <fieldset className={classes.statuses}>
        <legend>{t("status")}</legend>
        {([undefined, ...shownStatuses] as const).map((one) => (
          <UnstyledButton
            key={one ?? "all"}
            className={classes.status}
            aria-pressed={asked.status === one}
            onClick={() => onAsk({ status: one, reason: undefined })}
          >
            {one ? status(one) : t("all")}{" "}
            <span className={classes.count}>
              <Count value={view.counts[one ?? "all"]} />
            </span>
          </UnstyledButton>
        ))}
      </fieldset>
      <div className={classes.narrow}>
        <SearchField label={t("search")} asked={asked.q} onAsk={(q) => onAsk({ q })} />
        {reasons.length ? (
          <Select
            aria-label={t("reason")}
            data={[
              { value: "", label: t("allReasons") },
              ...reasons.map(({ reason, count }) => ({
                value: reason,
                label: `${reasonTitle(reason)} · ${format.number(count)}`,
              })),
            ]}
            value={asked.reason ?? ""}
            onChange={(reason) => onAsk({ reason: reason || undefined })}
          />
        ) : null}
      </div>
    </div>
  );
}
