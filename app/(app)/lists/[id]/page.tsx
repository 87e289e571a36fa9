import { IconList } from "@tabler/icons-react";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import NotFound from "@/app/not-found";
import { requirePage } from "@/app/server/context";
import { LinkButton } from "@/components/prospects/link-button";
import { ProspectsTable } from "@/components/prospects/prospects-table";
import { tableState } from "@/components/prospects/table-state";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { findList } from "@/db/queries/lists";
import { readProspects } from "@/services/prospects/read-prospects";
import { changeListsAction, trashProspectsAction } from "../../prospects/actions";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props) {
  return { title: (await find(params)).list?.name };
}

export default async function ListPage({ params, searchParams }: Props) {
  const { ctx, list } = await find(params);
  // Not thrown: see the page of a prospect.
  if (!list) return <NotFound />;
  const t = await getTranslations("lists");
  const initial = { ...tableState(await searchParams), list: list.id };
  const view = await readProspects({ ctx, input: initial });
  return (
    <>
      <PageHeader
        title={list.name}
        back={{ href: "/lists", label: t("title") }}
        actions={
          <LinkButton href={`/prospects/new?list=${list.id}`} icon="plus">
            {t("addProspect")}
          </LinkButton>
        }
      />
      <ProspectsTable
        key={list.id}
        initial={initial}
        view={view}
        fixedList={list}
        actions={{ changeLists: changeListsAction, trash: trashProspectsAction }}
        whenEmpty={
          <EmptyState
            icon={<IconList size={22} stroke={1.6} />}
            title={t("emptyListTitle")}
            description={t("emptyListText")}
            action={
              <LinkButton href={`/prospects/new?list=${list.id}`} variant="default" icon="plus">
                {t("addProspect")}
              </LinkButton>
            }
          />
        }
      />
    </>
  );
}

async function find(params: Props["params"]) {
  const ctx = await requirePage();
  const { id } = await params;
  const valid = z.uuid().safeParse(id).success;
  return { ctx, list: valid ? await findList(ctx.db, ctx.workspaceId, id) : null };
}
