import { Alert, Text } from "@mantine/core";
import { IconCloudX } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { TimeAgo } from "@/components/ui/formatted";
import type { Overview } from "@/services/integrations/read-overview";

/** HubSpot cannot be asked what changed: in which way, why, and since when. Nothing while it can. */
export function SourceFaultAlert({ arrival, state }: Pick<Overview, "arrival" | "state">) {
  const t = useTranslations("overview.sourceFault");
  if (state !== "active") return null;
  const failing = [
    ["poll", arrival.pollFault],
    ["journal", arrival.source === "poll" ? null : arrival.journalFault],
  ] as const;
  return failing.map(([source, fault]) =>
    fault ? (
      <Alert
        key={source}
        role="alert"
        color="orange"
        icon={<IconCloudX size={20} />}
        title={t(`${source}.title`)}
      >
        <Text size="sm">
          {t.rich(fault.kind, { ago: () => <TimeAgo value={fault.since} /> })} {t(`${source}.meanwhile`)}
        </Text>
      </Alert>
    ) : null,
  );
}
