import { getTranslations } from "next-intl/server";
import { requirePage } from "@/app/server/context";
import { NewProspectForm } from "@/components/prospects/new-prospect-form";
import { PageHeader } from "@/components/ui/page-header";
import { liveCustomFields } from "@/db/queries/custom-fields";
import { listOptions } from "@/db/queries/lists";
import { prospectFields } from "@/services/prospects/prospect-fields";
import { createProspectAction } from "../actions";

type Props = { searchParams: Promise<{ list?: string | string[] }> };

export async function generateMetadata() {
  return { title: (await getTranslations("prospects"))("newTitle") };
}

export default async function NewProspectPage({ searchParams }: Props) {
  const ctx = await requirePage();
  const t = await getTranslations("prospects");
  const [custom, lists, { list }] = await Promise.all([
    liveCustomFields(ctx.db, ctx.workspaceId),
    listOptions(ctx.db, ctx.workspaceId),
    searchParams,
  ]);
  return (
    <>
      <PageHeader
        title={t("newTitle")}
        description={t("newText")}
        back={{ href: "/prospects", label: t("title") }}
      />
      <NewProspectForm
        fields={prospectFields(custom)}
        lists={lists}
        initialListIds={lists.filter(({ id }) => id === list).map(({ id }) => id)}
        create={createProspectAction}
      />
    </>
  );
}
