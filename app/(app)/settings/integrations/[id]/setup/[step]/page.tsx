import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { AdminsOnly } from "@/components/integrations/admins-only";
import { Wizard } from "@/components/integrations/wizard";
import { PageHeader } from "@/components/ui/page-header";
import { isWizardStep, mayOpen, resumeAt } from "@/lib/wizard-flow";
import { integrationActions } from "../../integration-actions";
import { readPageSettings } from "../../page-settings";

type Props = { params: Promise<{ id: string; step: string }> };

export async function generateMetadata({ params }: Props) {
  const [{ step }, t] = await Promise.all([params, getTranslations("wizard")]);
  return { title: isWizardStep(step) ? `${t(`steps.${step}.name`)} · ${t("title")}` : t("title") };
}

export default async function SetupStepPage({ params }: Props) {
  const { settings, manages } = await readPageSettings(params);
  const { step } = await params;
  const own = `/settings/integrations/${settings.id}`;
  if (settings.launchedAt) redirect(own);
  if (!isWizardStep(step) || !mayOpen(step, settings.wizardStep))
    redirect(`${own}/setup/${resumeAt(settings.wizardStep)}`);
  const [t, nav] = await Promise.all([getTranslations("wizard"), getTranslations("nav")]);
  return (
    <>
      <PageHeader
        title={t("title")}
        description={t("account", { name: settings.account.name, id: settings.account.id })}
        back={{ href: "/settings/integrations", label: nav("integrations") }}
      />
      {manages ? <Wizard settings={settings} step={step} actions={integrationActions} /> : <AdminsOnly />}
    </>
  );
}
