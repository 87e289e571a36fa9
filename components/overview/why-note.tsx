import { Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { Overview } from "@/services/integrations/read-overview";

/** Why a value that a person had written was replaced. */
export function WhyNote({ why }: Pick<Overview["changes"][number]["changes"][number], "why">) {
  const t = useTranslations("activity.why");
  return why ? (
    <Text span size="xs" c="dimmed">
      ({t(why)})
    </Text>
  ) : null;
}
