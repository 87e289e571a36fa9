import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { requirePage } from "@/app/server/context";
import { AdminsOnly } from "@/components/integrations/admins-only";
import { WizardFrame } from "@/components/integrations/wizard-frame";
import { NewTransfer } from "@/components/transfers/new-transfer";
import { PageHeader } from "@/components/ui/page-header";
import { isSetupFinished } from "@/lib/wizard-flow";
import { readOverview } from "@/services/integrations/read-overview";
import { listTransfers } from "@/services/transfers/list-transfers";
import { readPageSettings } from "../../page-settings";
import { startPreviewAction } from "../actions";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata() {
  return { title: (await getTranslations("transfers"))("start") };
}

/** Of an integration that never had a transfer, and is still being set up, it is the wizard's last step but one. */
export default async function NewTransferPage({ params }: Props) {
  const { settings, manages } = await readPageSettings(params);
  const own = `/settings/integrations/${settings.id}`;
  if (!settings.launchedAt) redirect(`${own}/setup`);
  const ctx = await requirePage();
  const [overview, { transfers, open }, t, wizard, nav] = await Promise.all([
    readOverview({ ctx, input: { id: settings.id } }),
    listTransfers({ ctx, input: { integrationId: settings.id } }),
    getTranslations("transfers"),
    getTranslations("wizard"),
    getTranslations("nav"),
  ]);
  const settingUp = !transfers.length && !isSetupFinished(settings.wizardStep);
  const conflicts = `${own}/setup/conflicts`;
  const form = manages ? (
    <NewTransfer
      settings={settings}
      overview={overview}
      open={open}
      notNow={settingUp ? conflicts : own}
      startPreview={startPreviewAction}
    />
  ) : (
    <AdminsOnly />
  );
  return (
    <>
      <PageHeader
        title={settingUp ? wizard("title") : t("start")}
        description={wizard("account", { name: settings.account.name, id: settings.account.id })}
        back={
          settingUp
            ? { href: "/settings/integrations", label: nav("integrations") }
            : { href: `${own}/transfers`, label: t("title") }
        }
      />
      {settingUp ? (
        <WizardFrame step="transfer" hrefs={manages ? { conflicts } : {}}>
          {form}
        </WizardFrame>
      ) : (
        form
      )}
    </>
  );
}
