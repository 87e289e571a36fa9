"use client";

import { Group, SegmentedControl, Title } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTimeLabels } from "@/components/charts/use-time-labels";
import { ErrorState } from "@/components/ui/error-state";
import { LoadingState } from "@/components/ui/loading-state";
import { fetchJson } from "@/lib/fetch-json";
import type { ChartRange, Charts } from "@/services/figures/read-charts";
import type { Overview } from "@/services/integrations/read-overview";
import { CallsChart } from "./calls-chart";
import { ChangesChart } from "./changes-chart";
import { LatencyChart } from "./latency-chart";
import classes from "./overview-charts.module.css";
import { StatusesChart } from "./statuses-chart";

const ranges = ["day", "week", "quarter"] as const satisfies ChartRange[];

/** What happened over the last hours or days, in four charts of one time. */
export function OverviewCharts({ id, figures }: Pick<Overview, "id" | "figures">) {
  const t = useTranslations("charts");
  const [range, setRange] = useState<ChartRange>("day");
  const labels = useTimeLabels();
  const { data, isError, refetch } = useQuery({
    queryKey: ["integration", id, "charts", range],
    queryFn: async ({ signal }) => ({
      range,
      ...(await fetchJson<Charts>(`/api/integrations/${id}/charts?range=${range}`, signal)),
    }),
    refetchInterval: 30_000,
    placeholderData: keepPreviousData,
  });
  const times = data
    ? labels(
        data.spans.map(({ starts }) => starts),
        data.range,
      )
    : [];
  return (
    <section aria-labelledby="overview-charts">
      <Group justify="space-between" mb="sm">
        <Title order={2} id="overview-charts">
          {t("title")}
        </Title>
        <SegmentedControl
          aria-label={t("range")}
          size="xs"
          value={range}
          onChange={(value) => setRange(ranges.find((one) => one === value) ?? "day")}
          data={ranges.map((value) => ({ value, label: t(value) }))}
        />
      </Group>
      {isError ? <ErrorState title={t("staleTitle")} description={t("stale")} onRetry={refetch} /> : null}
      {data ? (
        <div className={classes.charts}>
          <ChangesChart spans={data.spans} times={times} />
          <LatencyChart spans={data.spans} latency={data.latency} times={times} />
          <StatusesChart spans={data.spans} times={times} figures={figures} />
          <CallsChart spans={data.spans} times={times} />
        </div>
      ) : isError ? null : (
        <LoadingState lines={5} />
      )}
    </section>
  );
}
