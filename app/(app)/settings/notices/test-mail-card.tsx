"use client";

import { Alert, Button, Card, Stack, Text, Title } from "@mantine/core";
import { IconSend } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useAction } from "@/components/ui/use-action";
import { useFailureText } from "@/components/ui/use-failure-text";
import type { Failure } from "@/services/action-result";
import { sendTestMailAction } from "./actions";

/** Whether e-mails arrive, and if not, what the mail server said. */
export function TestMailCard({ email }: { email: string }) {
  const t = useTranslations("notices.settings");
  const failureText = useFailureText();
  const [failure, setFailure] = useState<Failure | null>(null);
  const [sentTo, setSentTo] = useState<string | null>(null);
  const { run, pending } = useAction(sendTestMailAction, {
    onSuccess: (sent) => setSentTo(sent.email),
    onFailure: (failed) => {
      setFailure(failed);
      return true;
    },
  });
  return (
    <Card component="section" aria-label={t("test")}>
      <Title order={2}>{t("test")}</Title>
      <Text c="dimmed" size="sm">
        {t("testText", { email })}
      </Text>
      <Stack gap="md" mt="md" align="flex-start">
        <Button
          variant="default"
          leftSection={<IconSend size={16} stroke={1.6} />}
          loading={pending}
          onClick={() => {
            setFailure(null);
            setSentTo(null);
            void run();
          }}
        >
          {t("sendTest")}
        </Button>
        <div role="status" aria-live="polite" style={{ width: "100%" }}>
          {failure ? (
            <Alert color="red" title={t("testFailed")} style={{ overflowWrap: "anywhere" }}>
              {failureText(failure)}
            </Alert>
          ) : null}
          {sentTo ? <Alert color="green">{t("testSent", { email: sentTo })}</Alert> : null}
        </div>
      </Stack>
    </Card>
  );
}
