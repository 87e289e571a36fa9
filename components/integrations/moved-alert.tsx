"use client";

import { Alert, Button, Group, Text } from "@mantine/core";
import { IconUsers } from "@tabler/icons-react";
import { useTranslations } from "next-intl";

/** A colleague saved other values here while this person was entering theirs. */
export function MovedAlert({ moved }: { moved: { keepMine: () => void; useTheirs: () => void } | null }) {
  const t = useTranslations("wizard.moved");
  if (!moved) return null;
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
}
