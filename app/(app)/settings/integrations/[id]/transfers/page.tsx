import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { requirePage } from "@/app/server/context";
import { TransfersPage } from "@/components/transfers/transfers-page";
import { listTransfers } from "@/services/transfers/list-transfers";
import { readPageSettings } from "../page-settings";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata() {
  return { title: (await getTranslations("transfers"))("title") };
}

export default async function IntegrationTransfersPage({ params }: Props) {
  const { settings, manages } = await readPageSettings(params);
  if (!settings.launchedAt) redirect(`/settings/integrations/${settings.id}/setup`);
  const ctx = await requirePage();
  return (
    <TransfersPage
      integration={{ id: settings.id, name: settings.account.name }}
      initial={await listTransfers({ ctx, input: { integrationId: settings.id } })}
      lists={settings.lists}
      manages={manages}
    />
  );
}
