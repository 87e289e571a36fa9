"use client";

import { Switch, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { useAction } from "@/components/ui/use-action";
import { useFailureText } from "@/components/ui/use-failure-text";
import { contactMark } from "@/sync/contact-mark";
import { Question } from "./question";
import type { IntegrationActions } from "./section";

type Props = {
  integrationId: string;
  on: boolean;
  switchMarks: IntegrationActions["switchMarks"];
};

/** Whether HubSpot contacts carry the id of their prospect. It asks HubSpot at once, and says why where it cannot be. */
export function ContactMarks({ integrationId, on, switchMarks }: Props) {
  const t = useTranslations("dataSettings.marks");
  const failureText = useFailureText();
  const id = useId();
  const [problem, setProblem] = useState<string | null>(null);
  /** Until the page has read the settings again. */
  const [wanted, setWanted] = useState<boolean | null>(null);
  const { run, pending } = useAction(switchMarks, {
    successMessage: t("saved"),
    onFailure: (failure) => {
      setProblem(failureText(failure));
      return true;
    },
  });
  async function turn(next: boolean) {
    setProblem(null);
    setWanted(next);
    await run({ integrationId, on: next });
    setWanted(null);
  }
  const property = contactMark.label;
  return (
    <Question title={t("title")} description={t("text", { property })}>
      <Switch
        label={t("switch")}
        checked={wanted ?? on}
        disabled={pending}
        aria-describedby={`${id}-what${problem ? ` ${id}-why` : ""}`}
        aria-invalid={problem !== null}
        onChange={(event) => turn(event.currentTarget.checked)}
      />
      <Text size="sm" c="dimmed" id={`${id}-what`} maw="68ch">
        {t("what", { property, name: contactMark.name })}
      </Text>
      {problem ? (
        <Text size="sm" c="red" id={`${id}-why`} role="alert" maw="68ch">
          {problem}
        </Text>
      ) : null}
    </Question>
  );
}
