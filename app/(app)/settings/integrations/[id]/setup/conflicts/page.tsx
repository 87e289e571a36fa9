import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { requirePage } from "@/app/server/context";
import { AdminsOnly } from "@/components/integrations/admins-only";
import { ConflictsStep } from "@/components/integrations/conflicts-step";
import { PageHeader } from "@/components/ui/page-header";
import { listTransfers } from "@/services/transfers/list-transfers";
import { integrationActions } from "../../integration-actions";
import { readPageSettings } from "../../page-settings";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata() {
  const t = await getTranslations("wizard");
  return { title: `${t("steps.conflicts.name")} · ${t("title")}` };
}

/** The wizard's last step. */
export default async function SetupConflictsPage({ params }: Props) {
  const { settings, manages } = await readPageSettings(params, { withExample: true });
  const own = `/settings/integrations/${settings.id}`;
  if (!settings.launchedAt) redirect(`${own}/setup`);
  const ctx = await requirePage();
  const [{ transfers }, t, nav] = await Promise.all([
    listTransfers({ ctx, input: { integrationId: settings.id } }),
    getTranslations("wizard"),
    getTranslations("nav"),
  ]);
  return (
    <>
      <PageHeader
        title={t("title")}
        description={t("account", { name: settings.account.name, id: settings.account.id })}
        back={{ href: "/settings/integrations", label: nav("integrations") }}
      />
      {manages ? (
        <ConflictsStep
          settings={settings}
          actions={integrationActions}
          transfers={transfers.length ? `${own}/transfers` : `${own}/transfers/new`}
        />
      ) : (
        <AdminsOnly />
      )}
    </>
  );
}
