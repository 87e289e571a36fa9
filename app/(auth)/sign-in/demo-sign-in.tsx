"use client";

import { Button, Code, Paper, Stack, Text } from "@mantine/core";
import { useTranslations } from "next-intl";

const demo = { email: "demo@example.com", password: "demo-demo-demo" };

type Props = { pending: boolean; onUse: (email: string, password: string) => void };

/** Only while the sandbox HubSpot account is in use. */
export function DemoSignIn({ pending, onUse }: Props) {
  const t = useTranslations("auth");
  return (
    <Paper withBorder p="md" bg="var(--app-ground)">
      <Stack gap="xs" align="flex-start">
        <Text fw={600} size="sm">
          {t("demoTitle")}
        </Text>
        <Text size="sm" c="dimmed">
          {t("demoText")}
        </Text>
        <Text size="sm" c="dimmed">
          <Code>{demo.email}</Code> <Code>{demo.password}</Code>
        </Text>
        <Button variant="default" loading={pending} onClick={() => onUse(demo.email, demo.password)}>
          {t("demoUse")}
        </Button>
      </Stack>
    </Paper>
  );
}
