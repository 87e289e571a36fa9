"use client";

import { Button, Group, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useAction } from "@/components/ui/use-action";
import type { ActionResult } from "@/services/action-result";
import type { FuseStop } from "./fuse-banner";

type Answer = "continue" | "discard";
export type AnswerFuse = (input: {
  integrationId: string;
  answer: Answer;
  seen: string;
}) => Promise<ActionResult<null>>;
type Props = { id: string; stop: FuseStop; answer: AnswerFuse; onChanged: () => void };

/** Both ways on say exactly what they will do before they do it. */
export function FuseAnswer({ id, stop, answer, onChanged }: Props) {
  const t = useTranslations("overview.fuse");
  const [asked, setAsked] = useState<Answer>("continue");
  const [opened, setOpened] = useState(false);
  const act = useAction(answer, {
    successMessage: t(`${asked}.done`),
    onSuccess: settled,
    onFailure: () => {
      settled();
      return undefined;
    },
  });
  function settled() {
    setOpened(false);
    onChanged();
  }
  function ask(which: Answer) {
    setAsked(which);
    setOpened(true);
  }
  return (
    <Group gap="xs">
      <Button variant="default" onClick={() => ask("discard")}>
        {t("discard.button")}
      </Button>
      <Button variant="default" onClick={() => ask("continue")}>
        {t("continue.button")}
      </Button>
      <ConfirmDialog
        opened={opened}
        onClose={() => setOpened(false)}
        onConfirm={() => act.run({ integrationId: id, answer: asked, seen: stop.at })}
        title={t(`${asked}.title`)}
        confirmLabel={t(`${asked}.button`)}
        danger={asked === "continue" && stop.kind === "removals"}
        pending={act.pending}
      >
        <Text>{t(`${asked}.${stop.kind}`)}</Text>
        <Text mt="sm">{t(`${asked}.rest`)}</Text>
        <Text mt="sm" c="dimmed">
          {t(`${asked}.later`)}
        </Text>
      </ConfirmDialog>
    </Group>
  );
}
