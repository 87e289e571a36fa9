import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { requirePage } from "@/app/server/context";
import { ComparisonsPage } from "@/components/comparisons/comparisons-page";
import { readComparisons } from "@/services/reconcile/read-comparisons";
import { readPageSettings } from "../page-settings";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata() {
  return { title: (await getTranslations("comparisons"))("title") };
}

export default async function IntegrationComparisonsPage({ params }: Props) {
  const { settings } = await readPageSettings(params);
  if (!settings.launchedAt) redirect(`/settings/integrations/${settings.id}/setup`);
  const ctx = await requirePage();
  return (
    <ComparisonsPage
      integration={{ id: settings.id, name: settings.account.name }}
      initial={await readComparisons({ ctx, input: { id: settings.id } })}
    />
  );
}
