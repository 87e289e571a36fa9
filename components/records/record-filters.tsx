"use client";

import { Select, TextInput, UnstyledButton } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { Count } from "@/components/ui/formatted";
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
  const [typed, setTyped] = useState(asked.q ?? "");
  const search = useDebouncedCallback((q: string) => onAsk({ q: q.trim() || undefined }), 300);
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
        <TextInput
          type="search"
          aria-label={t("search")}
          placeholder={t("search")}
          leftSection={<IconSearch size={16} stroke={1.6} aria-hidden />}
          value={typed}
          maxLength={100}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            search(event.currentTarget.value);
          }}
        />
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
