import { Text, Title } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { ComponentProps, ReactNode } from "react";
import classes from "./wizard.module.css";
import { WizardSteps } from "./wizard-steps";

type Props = Pick<ComponentProps<typeof WizardSteps>, "hrefs" | "onOpen"> & {
  step: "transfer" | "conflicts";
  children: ReactNode;
};

/** A part of setting up that comes after launching, in the frame of the others. */
export function WizardFrame({ step, hrefs, onOpen, children }: Props) {
  const t = useTranslations("wizard");
  return (
    <div className={classes.wizard}>
      <WizardSteps current={step} hrefs={hrefs} onOpen={onOpen} />
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
