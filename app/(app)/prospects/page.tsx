import { IconUsers } from "@tabler/icons-react";
import { getTranslations } from "next-intl/server";
import { requirePage } from "@/app/server/context";
import { LinkButton } from "@/components/prospects/link-button";
import { ProspectsTable } from "@/components/prospects/prospects-table";
import { tableState } from "@/components/prospects/table-state";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { readProspects } from "@/services/prospects/read-prospects";
import { changeListsAction, trashProspectsAction } from "./actions";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata() {
  return { title: (await getTranslations("prospects"))("title") };
}

export default async function ProspectsPage({ searchParams }: Props) {
  const ctx = await requirePage();
  const t = await getTranslations("prospects");
  const initial = tableState(await searchParams);
  const view = await readProspects({ ctx, input: initial });
  return (
    <>
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={
          <>
            <LinkButton href="/prospects/trash" variant="default" icon="trash">
              {t("trashPage")}
            </LinkButton>
            <LinkButton href="/prospects/new" icon="plus">
              {t("add")}
            </LinkButton>
          </>
        }
      />
      <ProspectsTable
        initial={initial}
        view={view}
        actions={{ changeLists: changeListsAction, trash: trashProspectsAction }}
        whenEmpty={
          <EmptyState
            icon={<IconUsers size={22} stroke={1.6} />}
            title={t("emptyTitle")}
            description={t("emptyText")}
            action={
              <LinkButton href="/prospects/new" variant="default" icon="plus">
                {t("add")}
              </LinkButton>
            }
          />
        }
      />
    </>
  );
}
