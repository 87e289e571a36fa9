"use client";

import { Card, Title } from "@mantine/core";
import { IconArrowsLeftRight } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/ui/empty-state";
import type { Overview } from "@/services/integrations/read-overview";
import { ChangeEntry } from "./change-entry";
import { EmptyActions } from "./empty-actions";
import { FuseEntry } from "./fuse-entry";
import classes from "./last-changes-card.module.css";
import { TransferEntry } from "./transfer-entry";

type Props = { overview: Overview; sandboxUrl: string | null };

/** What was written on either side, latest first. */
export function LastChangesCard({ overview, sandboxUrl }: Props) {
  const t = useTranslations("overview.changes");
  const { changes, fields, state } = overview;
  return (
    <Card component="section" aria-label={t("title")}>
      <Title order={2}>{t("title")}</Title>
      {changes.length ? (
        <ol className={classes.entries}>
          {changes.map(({ side, ...change }) =>
            side ? (
              <ChangeEntry key={change.id} change={{ ...change, side }} fields={fields} />
            ) : /^(transfer|undo)\//.test(change.kind) ? (
              <TransferEntry key={change.id} integrationId={overview.id} change={{ ...change, side }} />
            ) : (
              <FuseEntry key={change.id} change={{ ...change, side }} />
            ),
          )}
        </ol>
      ) : (
        <EmptyState
          icon={<IconArrowsLeftRight size={22} stroke={1.6} />}
          title={t("emptyTitle")}
          description={state === "active" ? t("emptyActive") : t("emptyStill")}
          action={state === "active" ? <EmptyActions sandboxUrl={sandboxUrl} /> : null}
        />
      )}
    </Card>
  );
}
