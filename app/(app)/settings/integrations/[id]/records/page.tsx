import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { contactAddress } from "@/app/server/contact-address";
import { requirePage } from "@/app/server/context";
import { orNotFound } from "@/app/server/or-not-found";
import { askedRecords, filterOf } from "@/components/records/asked-records";
import { RecordsPage } from "@/components/records/records-page";
import { readRecords } from "@/services/integrations/read-records";
import { tryAgainAction } from "../actions";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata() {
  return { title: (await getTranslations("records"))("title") };
}

export default async function IntegrationRecordsPage({ params, searchParams }: Props) {
  const ctx = await requirePage();
  const { id } = await params;
  const asked = askedRecords(await searchParams);
  const initial = await orNotFound(readRecords({ ctx, input: { id, filter: filterOf(asked) } }));
  const { integration } = initial;
  if (!integration.launchedAt) redirect(`/settings/integrations/${id}/setup`);
  return (
    <RecordsPage
      initial={initial}
      asked={asked}
      contactUrl={contactAddress(integration.accountId)}
      tryAgain={tryAgainAction}
    />
  );
}
