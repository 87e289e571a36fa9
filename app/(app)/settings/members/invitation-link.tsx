"use client";

import { Button, CopyButton, Group, Stack, TextInput } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useTranslations } from "next-intl";

export function InvitationLink({ link, onDone }: { link: string; onDone: () => void }) {
  const t = useTranslations("members");
  const common = useTranslations("common");
  return (
    <Stack gap="md">
      <TextInput
        label={t("link")}
        description={t("linkOnce")}
        readOnly
        value={link}
        onFocus={(event) => event.currentTarget.select()}
      />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onDone}>
          {t("done")}
        </Button>
        <CopyButton value={link}>
          {({ copied, copy }) => (
            <Button
              onClick={copy}
              leftSection={
                copied ? <IconCheck size={18} stroke={1.6} /> : <IconCopy size={18} stroke={1.6} />
              }
            >
              {copied ? common("copied") : common("copy")}
            </Button>
          )}
        </CopyButton>
      </Group>
    </Stack>
  );
}
