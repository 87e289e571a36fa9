"use client";

import { Alert, Button, Group, Text } from "@mantine/core";
import { IconAlertCircle, IconUsers } from "@tabler/icons-react";
import { useTranslations } from "next-intl";

type Props = {
  problem: string | null;
  /** A colleague saved other values here while this person was entering theirs. */
  moved: { keepMine: () => void; useTheirs: () => void } | null;
};

/** What stands above a section when it could not be saved. */
export function SectionNotices({ problem, moved }: Props) {
  const t = useTranslations("wizard.moved");
  if (moved)
    return (
      <Alert color="orange" icon={<IconUsers size={20} />} title={t("title")} tabIndex={-1}>
        <Text size="sm" mb="sm">
          {t("text")}
        </Text>
        <Group gap="xs">
          <Button variant="default" size="xs" onClick={moved.useTheirs}>
            {t("useTheirs")}
          </Button>
          <Button variant="default" size="xs" onClick={moved.keepMine}>
            {t("keepMine")}
          </Button>
        </Group>
      </Alert>
    );
  if (!problem) return null;
  return (
    <Alert color="red" icon={<IconAlertCircle size={20} />} tabIndex={-1}>
      {problem}
    </Alert>
  );
}
