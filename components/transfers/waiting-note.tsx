import { Alert } from "@mantine/core";
import { IconClockPause } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { TextLink } from "@/components/ui/text-link";
import type { Overview } from "@/services/integrations/read-overview";

/** Why a transfer or its preview does not move, while the integration may not sync. */
export function WaitingNote({ overview: { id, state, fuseStop } }: { overview: Overview }) {
  const t = useTranslations("transfers.waiting");
  if (state === "active") return null;
  const why = fuseStop ? "stopped" : state === "broken" ? "broken" : "paused";
  return (
    <Alert color="orange" icon={<IconClockPause size={20} />} title={t("title")}>
      {t.rich(why, {
        link: (words) => (
          <TextLink href={`/settings/integrations/${id}`} c="inherit">
            {words}
          </TextLink>
        ),
      })}
    </Alert>
  );
}
