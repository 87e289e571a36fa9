import { Checkbox, Stack, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { Question } from "@/components/integrations/question";
import type { IntegrationSettings } from "@/services/integrations/read-settings";
import { writableSides } from "@/sync/direction";

type Props = {
  syncType: IntegrationSettings["syncType"];
  chosen: { fromSnov: boolean; fromHubspot: boolean };
  onChange: (sides: string[]) => void;
  error: string | null;
};

/** Which ways a transfer goes, of those that the sync type allows; and, of one alone, what becomes of the other. */
export function DirectionChoice({ syncType, chosen: { fromSnov, fromHubspot }, onChange, error }: Props) {
  const t = useTranslations("transfers.new");
  return (
    <Question title={t("direction")} description={t("directionText")}>
      {syncType === "both" ? (
        <Checkbox.Group
          aria-label={t("direction")}
          value={[...(fromSnov ? ["snov"] : []), ...(fromHubspot ? ["hubspot"] : [])]}
          onChange={onChange}
          error={error}
        >
          <Stack gap="xs" mb={error ? 4 : 0}>
            <Checkbox value="snov" label={t("fromSnov")} />
            <Checkbox value="hubspot" label={t("fromHubspot")} />
          </Stack>
        </Checkbox.Group>
      ) : (
        <div>
          <Text fw={500}>{t(writableSides(syncType, "both").hubspot ? "fromSnov" : "fromHubspot")}</Text>
          <Text size="sm" c="dimmed">
            {t("oneWay")}
          </Text>
        </div>
      )}
      {syncType === "both" && fromSnov !== fromHubspot ? (
        <Text size="sm" c="dimmed" role="status">
          {t("otherWaits")}
        </Text>
      ) : null}
    </Question>
  );
}
