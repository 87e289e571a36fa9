"use client";

import { Card, Stack, Text } from "@mantine/core";
import { IconArrowsDiff } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { PageHeader } from "@/components/ui/page-header";
import type { EndedComparison } from "@/services/reconcile/read-comparisons";
import { ComparisonEntry } from "./comparison-entry";
import classes from "./comparisons.module.css";
import { ComparisonsChart } from "./comparisons-chart";
import { useComparisons } from "./use-comparisons";

type Props = { integration: { id: string; name: string }; initial: EndedComparison[] };

/** More would be too thin to be told apart. */
const inChart = 90;

/** Every full comparison of the last months, and what was not equal in each. */
export function ComparisonsPage({ integration: { id, name }, initial }: Props) {
  const t = useTranslations("comparisons");
  const { data = initial, isError, refetch } = useComparisons(id);
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
              <ComparisonsChart comparisons={data.slice(0, inChart)} />
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
