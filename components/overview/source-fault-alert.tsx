import { Alert, Text } from "@mantine/core";
import { IconCloudX } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { TimeAgo } from "@/components/ui/formatted";
import type { Overview } from "@/services/integrations/read-overview";

type Props = Pick<Overview, "arrival" | "state" | "refreshFault"> & {
  /** A way to try at once what HubSpot has put off for a day, for whoever may. */
  askAgain: ReactNode;
};

/** HubSpot cannot be asked what changed, or does not tell it: in which way, why, and since when. Nothing while all is well. */
export function SourceFaultAlert({ arrival, state, refreshFault, askAgain }: Props) {
  const t = useTranslations("overview.sourceFault");
  if (state !== "active") return null;
  const failing = [
    ["poll", arrival.pollFault],
    ["journal", arrival.source === "poll" ? null : arrival.journalFault],
  ] as const;
  return (
    <>
      {arrival.isPushSilent ? <SilentPush arrival={arrival} /> : null}
      {failing.map(([source, fault]) =>
        // That our access cannot be renewed is told by an alert of its own.
        fault && !(fault.kind === "app_refused" && refreshFault) ? (
          <Fault
            key={source}
            title={t(`${source}.title`)}
            reference={fault.reference}
            todo={fault.kind === "day_used_up" ? askAgain : null}
          >
            {t.rich(fault.kind, { ago: () => <TimeAgo value={fault.since} /> })}{" "}
            {t(fault.isStanding ? `${source}.later` : `${source}.meanwhile`)}
          </Fault>
        ) : null,
      )}
    </>
  );
}

function SilentPush({ arrival: { latest, untold, pollFault } }: Pick<Props, "arrival">) {
  const t = useTranslations("overview.sourceFault.push");
  const count = untold?.sincePush ?? 0;
  return (
    <Fault title={t("title")}>
      {latest ? t.rich("since", { count, ago: () => <TimeAgo value={latest.at} /> }) : t("never", { count })}{" "}
      {t("todo")} {pollFault ? null : t("meanwhile")}
    </Fault>
  );
}

function Fault({
  title,
  reference,
  todo,
  children,
}: {
  title: string;
  reference?: string | undefined;
  todo?: ReactNode;
  children: ReactNode;
}) {
  const common = useTranslations("common");
  return (
    <Alert role="alert" color="orange" icon={<IconCloudX size={20} />} title={title}>
      <Text size="sm">{children}</Text>
      {reference ? (
        <Text size="xs" mt={4} style={{ overflowWrap: "anywhere" }}>
          {common("hubspotReference", { reference })}
        </Text>
      ) : null}
      {todo}
    </Alert>
  );
}
