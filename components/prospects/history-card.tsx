"use client";

import { Card, Text, Title } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { showsBefore } from "@/components/activity/shows-before";
import { FieldValue } from "@/components/fields/field-value";
import { WhyNote } from "@/components/overview/why-note";
import { ErrorState } from "@/components/ui/error-state";
import { TimeAgo } from "@/components/ui/formatted";
import { LoadingState } from "@/components/ui/loading-state";
import { MoreButton } from "@/components/ui/more-button";
import type { ProspectField } from "@/services/prospects/prospect-fields";
import type { ProspectHistory } from "@/services/prospects/read-history";
import { useFieldLabel } from "./field-label";
import classes from "./history-card.module.css";
import { historyQuery } from "./history-query";
import { shownType } from "./shown-type";
import { useCauseName } from "./use-cause-name";

type Entry = ProspectHistory["entries"][number];
type Props = { prospectId: string; fields: ProspectField[] };

/** What happened to a prospect, latest first, with values before and after. */
export function HistoryCard({ prospectId, fields }: Props) {
  const t = useTranslations("prospects.history");
  const history = useInfiniteQuery(historyQuery(prospectId));
  const entries = history.data?.pages.flatMap((page) => page.entries) ?? [];
  return (
    <Card component="section" aria-label={t("title")}>
      <Title order={2} mb="sm">
        {t("title")}
      </Title>
      {history.isPending ? (
        <LoadingState lines={3} />
      ) : history.isError && !entries.length ? (
        <ErrorState description={t("error")} onRetry={() => history.refetch()} />
      ) : entries.length ? (
        <HistoryEntries entries={entries} fields={fields} />
      ) : (
        <Text size="sm" c="dimmed">
          {t("empty")}
        </Text>
      )}
      <MoreButton pages={history} mt="sm" style={{ alignSelf: "flex-start" }}>
        {t("older")}
      </MoreButton>
    </Card>
  );
}

export function HistoryEntries({ entries, fields }: { entries: Entry[]; fields: ProspectField[] }) {
  return (
    <ol className={classes.entries}>
      {entries.map((entry) => (
        <OneEntry key={entry.id} entry={entry} fields={fields} />
      ))}
    </ol>
  );
}

function OneEntry({ entry, fields }: { entry: Entry; fields: ProspectField[] }) {
  const t = useTranslations("prospects.history");
  const label = useFieldLabel();
  const causeName = useCauseName();
  const kind = entry.kind.replace("/", "_");
  return (
    <li className={classes.entry}>
      <p className={classes.head}>
        <span className={classes.what}>{t.has(`kinds.${kind}`) ? t(`kinds.${kind}`) : t("kinds.other")}</span>
        <span className={classes.who}>
          {causeName(entry.cause)} · <TimeAgo value={entry.at} />
        </span>
      </p>
      {entry.changes.length ? (
        <dl className={classes.changes}>
          {entry.changes.map((change) => {
            const field = fields.find(({ key }) => key === change.field);
            const type = shownType(field);
            return (
              <div key={change.field} className={classes.change}>
                <dt>{label(change.field, change.label)}</dt>
                <dd>
                  {showsBefore(entry.kind) ? (
                    <>
                      <del className={classes.before}>
                        <FieldValue type={type} value={change.before} options={field?.options} />
                      </del>
                      <span aria-hidden className={classes.arrow}>
                        →
                      </span>
                    </>
                  ) : null}
                  <ins className={classes.after}>
                    <FieldValue type={type} value={change.after} options={field?.options} />
                  </ins>
                  <WhyNote why={change.why} />
                </dd>
              </div>
            );
          })}
        </dl>
      ) : null}
    </li>
  );
}
