import { Button, Card, Text, Title } from "@mantine/core";
import { IconAffiliate, IconPlugConnected } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import classes from "./integrations.module.css";

type Props = {
  /** An account is connected already: another one is rarer, and no longer the page's first act. */
  connected: boolean;
  manages: boolean;
};

/** HubSpot, and the way to its account chooser. */
export function ConnectCard({ connected, manages }: Props) {
  const t = useTranslations("integrations");
  return (
    <Card component="section" aria-label="HubSpot">
      <div className={classes.card}>
        <span className={classes.logo} aria-hidden>
          <IconAffiliate size={26} stroke={1.8} />
        </span>
        <div className={classes.words}>
          <Title order={2}>HubSpot</Title>
          <Text c="dimmed" maw="60ch">
            {t("hubspotText")}
          </Text>
          {manages ? null : (
            <Text size="sm" mt="xs">
              {t("adminsOnly")}
            </Text>
          )}
        </div>
        {manages ? (
          <Button
            component="a"
            href="/api/hubspot/connect"
            variant={connected ? "default" : "filled"}
            leftSection={<IconPlugConnected size={18} stroke={1.6} />}
          >
            {connected ? t("connectAnother") : t("connect")}
          </Button>
        ) : null}
      </div>
    </Card>
  );
}
