"use client";

import { Text, Title } from "@mantine/core";
import { IconArrowRight } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { useAction } from "@/components/ui/use-action";
import { mayOpen, partOf, stepAfter, stepBefore, type WizardStep, wizardParts } from "@/lib/wizard-flow";
import { ConnectionAlert } from "./connection-alert";
import type { IntegrationActions, SectionProps } from "./section";
import { SectionOf } from "./section-of";
import { arrivedByStep, useLeaving } from "./use-leaving";
import classes from "./wizard.module.css";
import { WizardFooter } from "./wizard-footer";
import { WizardSteps } from "./wizard-steps";

type Props = { settings: SectionProps["settings"]; step: WizardStep; actions: IntegrationActions };

/** One step of setting up: the steps above, its section, and Back and Next, each of which saves. */
export function Wizard({ settings, step, actions }: Props) {
  const t = useTranslations("wizard");
  const common = useTranslations("common");
  const heading = useRef<HTMLHeadingElement>(null);
  const { run: complete } = useAction(actions.completeStep);
  const { section, leaveFor, leavingFor } = useLeaving(settings.id, () =>
    complete({ integrationId: settings.id, step }),
  );
  const before = stepBefore(step);
  const after = stepAfter(step);
  const hrefOf = (to: WizardStep) => `/settings/integrations/${settings.id}/setup/${to}`;
  const hrefs = wizardParts.flatMap(({ name, steps: [first] }) =>
    first && mayOpen(first, settings.wizardStep) ? [[name, hrefOf(first)]] : [],
  );

  useEffect(() => {
    if (arrivedByStep(settings.id)) heading.current?.focus();
  }, [settings.id]);

  return (
    <div className={classes.wizard}>
      <WizardSteps
        current={partOf(step)}
        hrefs={Object.fromEntries(hrefs)}
        onOpen={(href) => leaveFor(href, "away")}
      />
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
      <WizardFooter
        back={before && hrefOf(before)}
        next={
          after && {
            href: hrefOf(after),
            label: common("next"),
            icon: <IconArrowRight size={16} stroke={1.6} />,
          }
        }
        leaveFor={leaveFor}
        leavingFor={leavingFor}
      />
    </div>
  );
}
