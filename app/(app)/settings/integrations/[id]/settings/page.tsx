import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { AdminsOnly } from "@/components/integrations/admins-only";
import { SettingsSections } from "@/components/integrations/settings-sections";
import { PageHeader } from "@/components/ui/page-header";
import { integrationActions } from "../integration-actions";
import { readPageSettings } from "../page-settings";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata() {
  return { title: (await getTranslations("wizard"))("settingsTitle") };
}

export default async function IntegrationSettingsPage({ params }: Props) {
  const { settings, manages } = await readPageSettings(params, { withExample: true });
  const own = `/settings/integrations/${settings.id}`;
  if (!settings.launchedAt) redirect(`${own}/setup`);
  const t = await getTranslations("wizard");
  return (
    <>
      <PageHeader
        title={t("settingsTitle")}
        description={t("account", { name: settings.account.name, id: settings.account.id })}
        back={{ href: own, label: settings.account.name }}
      />
      {manages ? <SettingsSections settings={settings} actions={integrationActions} /> : <AdminsOnly />}
    </>
  );
}
