"use client";

import { Button } from "@mantine/core";
import { IconRotateClockwise, IconUsers } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { type TryAgainAction, useTryAgain } from "@/components/overview/use-try-again";
import { EmptyState } from "@/components/ui/empty-state";
import { ListFrame } from "@/components/ui/list-frame";
import { PageHeader } from "@/components/ui/page-header";
import type { RecordsView } from "@/services/integrations/read-records";
import { type AskedRecords, paramsOf } from "./asked-records";
import { RecordEntry } from "./record-entry";
import { RecordFilters } from "./record-filters";
import classes from "./records.module.css";
import { useRecords } from "./use-records";

type Props = { initial: RecordsView; asked: AskedRecords; contactUrl: string; tryAgain: TryAgainAction };

/** Every record of an integration with how it stands, kept live while it is looked at. */
export function RecordsPage({ initial, asked: first, contactUrl, tryAgain: action }: Props) {
  const t = useTranslations("records");
  const overview = useTranslations("overview.reasons");
  const { asked, ask, query, records, latest } = useRecords(initial, first);
  const { id, accountName, state } = latest.integration;
  const tryAgain = useTryAgain(id, action, () => query.refetch());
  const [cleared, setCleared] = useState(0);
  const narrowed = paramsOf(asked).size > 0;
  return (
    <>
      <PageHeader
        back={{ href: `/settings/integrations/${id}`, label: accountName }}
        title={t("title")}
        description={t("description")}
        actions={
          state === "active" && asked.status === "failing" && latest.counts.failing ? (
            <Button
              variant="default"
              leftSection={<IconRotateClockwise size={16} stroke={1.6} />}
              loading={tryAgain.isTrying()}
              onClick={tryAgain.all}
            >
              {overview("tryAll")}
            </Button>
          ) : undefined
        }
      />
      <ListFrame
        title={t("title")}
        query={query}
        error={t("error")}
        more={t("more")}
        className={classes.list}
        filters={<RecordFilters key={cleared} asked={asked} view={latest} onAsk={ask} />}
        empty={
          <EmptyState
            icon={<IconUsers size={22} stroke={1.6} />}
            title={t(narrowed ? "noneFound" : "emptyTitle")}
            description={narrowed ? undefined : t("emptyText")}
            action={
              narrowed ? (
                <Button
                  variant="default"
                  onClick={() => {
                    setCleared((times) => times + 1);
                    ask({ status: undefined, reason: undefined, q: undefined });
                  }}
                >
                  {t("filters.clear")}
                </Button>
              ) : undefined
            }
          />
        }
      >
        {records.map((record) => (
          <RecordEntry
            key={`${record.side}:${record.recordId}`}
            record={record}
            integrationId={id}
            contactUrl={contactUrl}
            tryAgain={state === "active" ? tryAgain : undefined}
          />
        ))}
      </ListFrame>
    </>
  );
}
