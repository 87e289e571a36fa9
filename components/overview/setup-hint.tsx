import { Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { TextLink } from "@/components/ui/text-link";
import { isSetupFinished } from "@/lib/wizard-flow";
import type { Overview } from "@/services/integrations/read-overview";

/** Leads whoever left setting up before its end back to it. */
export function SetupHint({
  overview: { id, wizardStep },
}: {
  overview: Pick<Overview, "id" | "wizardStep">;
}) {
  const t = useTranslations("overview");
  if (isSetupFinished(wizardStep)) return null;
  return (
    <Text c="dimmed" size="sm">
      {t.rich("setupLeft", {
        link: (words) => (
          <TextLink href={`/settings/integrations/${id}/setup/conflicts`} c="inherit">
            {words}
          </TextLink>
        ),
      })}
    </Text>
  );
}
