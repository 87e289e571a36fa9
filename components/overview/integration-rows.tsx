import { Button, Card, Text, Title } from "@mantine/core";
import { IconPlugConnected } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/ui/empty-state";
import { TimeAgo } from "@/components/ui/formatted";
import { IntegrationStateBadge, shownState } from "@/components/ui/integration-state-badge";
import { LinkButton } from "@/components/ui/link-button";
import classes from "./integrations.module.css";

type Row = {
  id: string;
  accountId: string;
  accountName: string;
  state: "draft" | "active" | "paused" | "broken";
  stopped: boolean;
  disconnected: boolean;
  lastChangeAt: string | null;
};
type Props = { integrations: Row[]; manages: boolean };

/** The accounts of this workspace, each with its state and the way on. */
export function IntegrationRows({ integrations, manages }: Props) {
  const t = useTranslations("integrations");
  return (
    <Card component="section" aria-label={t("accounts")} padding={0}>
      <Title order={2} className={classes.heading}>
        {t("accounts")}
      </Title>
      {integrations.length ? (
        <ul className={classes.rows}>
          {integrations.map((row) => (
            <li key={row.id} className={classes.row}>
              <div className={classes.words}>
                <Text fw={500} style={{ overflowWrap: "anywhere" }}>
                  {row.accountName}
                </Text>
                <Text size="sm" c="dimmed">
                  {t("account", { id: row.accountId })}
                  {row.lastChangeAt ? (
                    <>
                      {" · "}
                      {t("lastActivity")} <TimeAgo value={row.lastChangeAt} />
                    </>
                  ) : null}
                </Text>
                {row.stopped && !row.disconnected ? <Text size="sm">{t("stoppedText")}</Text> : null}
                {row.disconnected ? (
                  <Text size="sm" c="dimmed">
                    {t("disconnectedText")}
                  </Text>
                ) : null}
              </div>
              <IntegrationStateBadge
                state={row.disconnected ? "disconnected" : shownState(row.state, row.stopped)}
              />
              <WayOn row={row} manages={manages} />
            </li>
          ))}
        </ul>
      ) : (
        <EmptyState
          icon={<IconPlugConnected size={22} stroke={1.6} />}
          title={t("emptyTitle")}
          description={manages ? t("emptyText") : t("emptyTextMember")}
        />
      )}
    </Card>
  );
}

function WayOn({ row, manages }: { row: Row; manages: boolean }) {
  const t = useTranslations("integrations");
  if (row.disconnected)
    return manages ? (
      <Button
        component="a"
        href={`/api/hubspot/connect?integration=${row.id}`}
        variant="default"
        aria-label={t("reconnectNamed", { account: row.accountName })}
      >
        {t("reconnect")}
      </Button>
    ) : null;
  if (row.state === "draft")
    return manages ? (
      <LinkButton
        href={`/settings/integrations/${row.id}`}
        aria-label={t("continueNamed", { account: row.accountName })}
      >
        {t("continue")}
      </LinkButton>
    ) : null;
  return (
    <LinkButton
      href={`/settings/integrations/${row.id}`}
      variant="default"
      aria-label={t("openNamed", { account: row.accountName })}
    >
      {t("open")}
    </LinkButton>
  );
}
