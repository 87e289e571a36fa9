"use client";

import { Card, Stack, Text } from "@mantine/core";
import { IconArrowsDiff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { PageHeader } from "@/components/ui/page-header";
import { fetchJson } from "@/lib/fetch-json";
import type { EndedComparison } from "@/services/reconcile/read-comparisons";
import { ComparisonEntry } from "./comparison-entry";
import classes from "./comparisons.module.css";

type Props = { integration: { id: string; name: string }; initial: EndedComparison[] };

/** Every full comparison of the last months, and what was not equal in each. */
export function ComparisonsPage({ integration: { id, name }, initial }: Props) {
  const t = useTranslations("comparisons");
  const { data, isError, refetch } = useQuery({
    queryKey: ["integration", id, "comparisons"],
    queryFn: ({ signal }) => fetchJson<EndedComparison[]>(`/api/integrations/${id}/comparisons`, signal),
    initialData: initial,
    refetchInterval: 10_000,
    staleTime: 5_000,
  });
  return (
    <>
      <PageHeader
        back={{ href: `/settings/integrations/${id}`, label: name }}
        title={t("title")}
        description={t("text")}
      />
      <Stack gap="lg">
        {isError ? <ErrorState title={t("staleTitle")} description={t("stale")} onRetry={refetch} /> : null}
        <Card component="section" aria-label={t("title")}>
          {data.length ? (
            <>
              <ul className={classes.entries}>
                {data.map((comparison) => (
                  <ComparisonEntry key={comparison.id} id={id} comparison={comparison} />
                ))}
              </ul>
              <Text size="sm" c="dimmed">
                {t("kept")}
              </Text>
            </>
          ) : (
            <EmptyState
              icon={<IconArrowsDiff size={22} stroke={1.6} />}
              title={t("emptyTitle")}
              description={t("emptyText")}
            />
          )}
        </Card>
      </Stack>
    </>
  );
}
