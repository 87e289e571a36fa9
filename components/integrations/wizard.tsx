"use client";

import { Button, Group, Text, Title } from "@mantine/core";
import { IconArrowLeft, IconArrowRight } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState, useTransition } from "react";
import { useAction } from "@/components/ui/use-action";
import { partOf, stepAfter, stepBefore, type WizardStep } from "@/lib/wizard-flow";
import { ConnectionAlert } from "./connection-alert";
import type { IntegrationActions, Leaving, SectionHandle, SectionProps } from "./section";
import { SectionOf } from "./section-of";
import classes from "./wizard.module.css";
import { WizardSteps } from "./wizard-steps";

type Props = { settings: SectionProps["settings"]; step: WizardStep; actions: IntegrationActions };

/** One step of setting up: the steps above, its section, and Back and Next, each of which saves. */
export function Wizard({ settings, step, actions }: Props) {
  const t = useTranslations("wizard");
  const common = useTranslations("common");
  const router = useRouter();
  const section = useRef<SectionHandle>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const [leaving, setLeaving] = useState<WizardStep | null>(null);
  const [navigating, navigate] = useTransition();
  const { run: complete } = useAction(actions.completeStep);
  const before = stepBefore(step);
  const after = stepAfter(step);
  const busy = leaving !== null || navigating;

  useEffect(() => {
    if (arrivedByStep(settings.id)) heading.current?.focus();
  }, [settings.id]);

  async function go(to: WizardStep, how: Leaving) {
    if (busy) return;
    setLeaving(to);
    const saved = (await section.current?.save(how)) ?? true;
    const done = saved && (how === "away" || (await complete({ integrationId: settings.id, step })).ok);
    setLeaving(null);
    if (!done) return;
    sessionStorage.setItem(arrivalKey(settings.id), "step");
    navigate(() => router.push(`/settings/integrations/${settings.id}/setup/${to}`));
  }

  return (
    <div className={classes.wizard}>
      <WizardSteps current={partOf(step)} reached={settings.wizardStep} onOpen={(to) => go(to, "away")} />
      <ConnectionAlert settings={settings} />
      <div className={classes.heading}>
        <Title order={2} ref={heading} tabIndex={-1} className={classes.title}>
          {t(`steps.${step}.title`)}
        </Title>
        <Text c="dimmed" maw="68ch">
          {t(`steps.${step}.text`)}
        </Text>
      </div>
      <SectionOf key={step} step={step} ref={section} settings={settings} actions={actions} />
      <Group justify="space-between" className={classes.footer}>
        {before ? (
          <Button
            variant="default"
            leftSection={<IconArrowLeft size={16} stroke={1.6} />}
            loading={busy && leaving === before}
            onClick={() => go(before, "away")}
          >
            {common("back")}
          </Button>
        ) : (
          <span />
        )}
        {after ? (
          <Button
            rightSection={<IconArrowRight size={16} stroke={1.6} />}
            loading={busy && leaving !== before}
            onClick={() => go(after, "next")}
          >
            {common("next")}
          </Button>
        ) : null}
      </Group>
    </div>
  );
}

/** A step opened from another one starts at its heading, so that people who listen hear where they are. */
function arrivedByStep(integrationId: string): boolean {
  const arrived = sessionStorage.getItem(arrivalKey(integrationId)) !== null;
  sessionStorage.removeItem(arrivalKey(integrationId));
  return arrived;
}

function arrivalKey(integrationId: string): string {
  return `integration.${integrationId}.arrival`;
}
