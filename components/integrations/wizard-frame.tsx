import { Text, Title } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import classes from "./wizard.module.css";
import { WizardSteps } from "./wizard-steps";

/** A part of setting up that comes after launching, in the frame of the others. */
export function WizardFrame({ step, children }: { step: "transfer"; children: ReactNode }) {
  const t = useTranslations("wizard");
  return (
    <div className={classes.wizard}>
      <WizardSteps current={step} />
      <div className={classes.heading}>
        <Title order={2} className={classes.title}>
          {t(`steps.${step}.title`)}
        </Title>
        <Text c="dimmed" maw="68ch">
          {t(`steps.${step}.text`)}
        </Text>
      </div>
      {children}
    </div>
  );
}
