"use client";

import { Button, Loader, Text } from "@mantine/core";
import { IconRotateClockwise } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { ErrorState } from "@/components/ui/error-state";
import { TimeAgo } from "@/components/ui/formatted";
import { LoadingState } from "@/components/ui/loading-state";
import { MoreButton } from "@/components/ui/more-button";
import { useReasonText } from "@/components/ui/use-reason-text";
import { fetchJson } from "@/lib/fetch-json";
import type { Overview } from "@/services/integrations/read-overview";
import type { ReasonedRecordsPage } from "@/services/integrations/read-reasoned-records";
import classes from "./reasons-card.module.css";
import { RecordTitle } from "./record-title";
import type { TryAgain } from "./use-try-again";

type Props = Overview["reasons"][number] & { id: string; tryAgain?: TryAgain | undefined };

/** The records behind one reason, each with its own sentence. Read again whenever their number changes. */
export function ReasonRecords({ id, status, reason, count, tryAgain }: Props) {
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
              {tryAgain ? <TryAgainButton record={record} tryAgain={tryAgain} /> : null}
            </li>
          ))}
      </ul>
      <MoreButton pages={records} mt="xs">
        {t("more")}
      </MoreButton>
    </>
  );
}

function TryAgainButton({
  record,
  tryAgain,
}: {
  record: ReasonedRecordsPage["records"][number];
  tryAgain: TryAgain;
}) {
  const t = useTranslations();
  const { side, recordId } = record;
  const name = record.name ?? t("overview.nameless");
  const trying = tryAgain.isTrying({ side, recordId });
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      mt={2}
      ml={-8}
      leftSection={trying ? <Loader size={14} /> : <IconRotateClockwise size={14} stroke={1.6} aria-hidden />}
      disabled={trying}
      aria-label={trying ? undefined : t("overview.reasons.tryNamed", { name })}
      onClick={() => tryAgain.one({ side, recordId, name })}
    >
      {trying ? t("overview.reasons.trying") : t("common.tryAgain")}
    </Button>
  );
}
