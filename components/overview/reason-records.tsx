"use client";

import { Button, Text } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { ErrorState } from "@/components/ui/error-state";
import { TimeAgo } from "@/components/ui/formatted";
import { LoadingState } from "@/components/ui/loading-state";
import { useReasonText } from "@/components/ui/use-reason-text";
import { fetchJson } from "@/lib/fetch-json";
import type { Overview } from "@/services/integrations/read-overview";
import type { ReasonedRecordsPage } from "@/services/integrations/read-reasoned-records";
import classes from "./reasons-card.module.css";
import { RecordTitle } from "./record-title";

type Props = Overview["reasons"][number] & { id: string };

/** The records behind one reason, each with its own sentence. Read again whenever their number changes. */
export function ReasonRecords({ id, status, reason, count }: Props) {
  const t = useTranslations("overview.reasons");
  const words = useReasonText();
  const records = useInfiniteQuery({
    queryKey: ["integration", id, "records", status, reason, count],
    queryFn: ({ signal, pageParam }) =>
      fetchJson<ReasonedRecordsPage>(
        `/api/integrations/${id}/records?${new URLSearchParams({ status, reason, ...pageParam })}`,
        signal,
      ),
    initialPageParam: {} as Partial<NonNullable<ReasonedRecordsPage["next"]>>,
    getNextPageParam: ({ next }) => next,
    placeholderData: (previous) => previous,
  });
  if (records.isPending) return <LoadingState lines={2} />;
  if (records.isError) return <ErrorState description={t("error")} onRetry={() => records.refetch()} />;
  return (
    <>
      <ul className={classes.records}>
        {records.data.pages
          .flatMap((page) => page.records)
          .map((record) => (
            <li key={`${record.side}:${record.recordId}`} className={classes.record}>
              <span className={classes.recordHead}>
                <RecordTitle
                  name={record.name}
                  prospectId={record.side === "snov" ? record.recordId : null}
                  contactId={record.side === "hubspot" ? record.recordId : record.contactId}
                />
                <Text span size="xs" c="dimmed">
                  <TimeAgo value={record.at} />
                </Text>
              </span>
              {/* Without details it would be the group's own sentence, again and again. */}
              {Object.keys(record.detail).length ? (
                <Text size="sm" style={{ overflowWrap: "anywhere" }}>
                  {words(record.reason, record.detail)}
                </Text>
              ) : null}
            </li>
          ))}
      </ul>
      {records.hasNextPage ? (
        <Button
          variant="default"
          size="xs"
          mt="xs"
          loading={records.isFetchingNextPage}
          onClick={() => records.fetchNextPage()}
        >
          {t("more")}
        </Button>
      ) : null}
    </>
  );
}
