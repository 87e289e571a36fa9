"use client";

import { Button, Card, Text } from "@mantine/core";
import { IconArrowsLeftRight, IconDownload } from "@tabler/icons-react";
import { useFormatter, useTranslations } from "next-intl";
import entries from "@/components/overview/last-changes-card.module.css";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { LoadingState } from "@/components/ui/loading-state";
import { MoreButton } from "@/components/ui/more-button";
import { PageHeader } from "@/components/ui/page-header";
import type { ActivitiesView } from "@/services/activities/read-activities";
import type { ActivityContext } from "./activity-context";
import { ActivityEntry } from "./activity-entry";
import { ActivityFilters } from "./activity-filters";
import { ActivityLinks } from "./activity-links";
import { type AskedActivity, activityParams } from "./asked-activity";
import { useActivity } from "./use-activity";
import { useGivers } from "./use-givers";

type Props = { initial: ActivitiesView; asked: AskedActivity; context: ActivityContext };

/** Everything that was changed on both sides, with values before and after. */
export function ActivityPage({ initial, asked: first, context }: Props) {
  const t = useTranslations("activity");
  const format = useFormatter();
  const { integration, fields } = context;
  const { asked, ask, clear, cleared, query, activities, searchedTo } = useActivity(
    integration.id,
    initial,
    first,
  );
  const giversOf = useGivers(integration.id, activities);
  const narrowed = activityParams(asked).size > 0;
  return (
    <>
      <PageHeader
        back={{ href: `/settings/integrations/${integration.id}`, label: integration.name }}
        title={t("title")}
        description={t("description")}
        actions={
          <Button
            component="a"
            href={`/api/integrations/${integration.id}/activity/csv?${activityParams(asked)}`}
            variant="default"
            leftSection={<IconDownload size={16} stroke={1.6} />}
          >
            {t("download")}
          </Button>
        }
      />
      <Card component="section" aria-label={t("title")}>
        <ActivityFilters key={cleared} asked={asked} context={context} onAsk={ask} />
        {query.isError ? <ErrorState description={t("error")} onRetry={query.refetch} /> : null}
        {activities.length ? (
          <ol className={entries.entries} aria-busy={query.isPlaceholderData}>
            {activities.map((activity) => (
              <ActivityEntry
                key={activity.id}
                integrationId={integration.id}
                activity={activity}
                fields={fields}
                givers={giversOf(activity)}
                asked={asked.field?.split("~").slice(1).join("~")}
                acts={<ActivityLinks activity={activity} context={context} />}
              />
            ))}
          </ol>
        ) : null}
        {searchedTo ? (
          <>
            <Text size="sm" c="dimmed" role="status" mt="sm">
              {t("searching", { until: format.dateTime(new Date(searchedTo), { dateStyle: "medium" }) })}
            </Text>
            <LoadingState lines={2} />
          </>
        ) : activities.length || query.isError ? (
          <MoreButton pages={query} mt="sm">
            {t("more")}
          </MoreButton>
        ) : (
          <EmptyState
            icon={<IconArrowsLeftRight size={22} stroke={1.6} />}
            title={t(narrowed ? "noneFound" : "emptyTitle")}
            description={narrowed ? undefined : t("emptyText")}
            action={
              narrowed ? (
                <Button variant="default" onClick={clear}>
                  {t("filters.clear")}
                </Button>
              ) : undefined
            }
          />
        )}
      </Card>
    </>
  );
}
