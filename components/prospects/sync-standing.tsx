import { Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { RecordStatusBadge } from "@/components/ui/record-status-badge";
import type { ProspectsView } from "@/services/prospects/read-prospects";

type Props = Pick<ProspectsView["rows"][number], "standing"> & Pick<ProspectsView, "integrations">;

/** How a prospect stands; of several integrations the one where it stands worst, by name. */
export function SyncStanding({ standing, integrations }: Props) {
  const t = useTranslations("prospects.sync");
  if (!standing)
    return (
      <Text span size="sm" c="dimmed">
        {t("status.unseen")}
      </Text>
    );
  return (
    <>
      <RecordStatusBadge status={standing.status} />
      {integrations > 1 && standing.status !== "in_sync" ? (
        <Text size="xs" c="dimmed" lineClamp={1}>
          {standing.accountName}
        </Text>
      ) : null}
    </>
  );
}
