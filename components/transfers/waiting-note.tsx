import { Alert } from "@mantine/core";
import { IconClockPause } from "@tabler/icons-react";
import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { TextLink } from "@/components/ui/text-link";
import type { Overview } from "@/services/integrations/read-overview";
import type { Transfer } from "@/services/transfers/read-transfer";

type Props = { transfer: Pick<Transfer, "waiting">; overview: Overview | undefined };

/** Why a transfer or its preview does not move: the integration may not sync, or HubSpot keeps it waiting. */
export function WaitingNote({ transfer: { waiting }, overview }: Props) {
  const t = useTranslations("transfers.waiting");
  const format = useFormatter();
  const moment = (at: string) => format.dateTime(new Date(at), { dateStyle: "medium", timeStyle: "short" });
  if (overview && overview.state !== "active") return <Note>{ofIntegration(overview)}</Note>;
  if (!waiting) return null;
  const { kind, since, until, endsAt } = waiting;
  return (
    <Note>
      {t(kind, { since: moment(since) })} {until ? t("until", { until: moment(until) }) : t("tries")}
      {endsAt ? ` ${t("ends", { at: moment(endsAt) })}` : null}
    </Note>
  );

  function ofIntegration({ id, state, fuseStop }: Overview) {
    const why = fuseStop ? "stopped" : state === "broken" ? "broken" : "paused";
    return t.rich(why, {
      link: (words) => (
        <TextLink href={`/settings/integrations/${id}`} c="inherit">
          {words}
        </TextLink>
      ),
    });
  }
}

function Note({ children }: { children: ReactNode }) {
  const t = useTranslations("transfers.waiting");
  return (
    <Alert color="orange" icon={<IconClockPause size={20} />} title={t("title")}>
      {children}
    </Alert>
  );
}
