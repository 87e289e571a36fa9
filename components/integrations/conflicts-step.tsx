"use client";

import { IconCheck } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useAction } from "@/components/ui/use-action";
import { ConnectionAlert } from "./connection-alert";
import { SafetySection } from "./safety-section";
import type { IntegrationActions, SectionProps } from "./section";
import { useLeaving } from "./use-leaving";
import { WizardFooter } from "./wizard-footer";
import { WizardFrame } from "./wizard-frame";

type Props = {
  settings: SectionProps["settings"];
  actions: IntegrationActions;
  /** Where the step before is. */
  transfers: string;
};

/** The last step of setting up. Finish saves, as Next does in the steps before. */
export function ConflictsStep({ settings, actions, transfers }: Props) {
  const t = useTranslations("wizard");
  const { run: finish } = useAction(actions.finishSetup, { successMessage: t("finished") });
  const { section, leaveFor, leavingFor } = useLeaving(settings.id, () =>
    finish({ integrationId: settings.id }),
  );
  return (
    <WizardFrame step="conflicts" hrefs={{ transfer: transfers }} onOpen={(href) => leaveFor(href, "away")}>
      <ConnectionAlert settings={settings} />
      <SafetySection ref={section} settings={settings} actions={actions} />
      <WizardFooter
        back={transfers}
        next={{
          href: `/settings/integrations/${settings.id}`,
          label: t("finish"),
          icon: <IconCheck size={16} stroke={1.8} />,
        }}
        leaveFor={leaveFor}
        leavingFor={leavingFor}
      />
    </WizardFrame>
  );
}
