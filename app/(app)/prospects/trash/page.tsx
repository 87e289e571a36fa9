import { getTranslations } from "next-intl/server";
import { requirePage } from "@/app/server/context";
import { TrashTables } from "@/components/prospects/trash-tables";
import { PageHeader } from "@/components/ui/page-header";
import { trashDays } from "@/db/queries/prospects-trash";
import { ReadTrash, readTrash } from "@/services/prospects/read-trash";
import { restoreListAction } from "../../lists/actions";
import { restoreProspectsAction } from "../actions";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata() {
  return { title: (await getTranslations("trash"))("title") };
}

export default async function TrashPage({ searchParams }: Props) {
  const ctx = await requirePage();
  const t = await getTranslations("trash");
  const prospects = await getTranslations("prospects");
  const input = ReadTrash.parse(await searchParams);
  const { page, lists } = await readTrash({ ctx, input });
  const older = page.next ? `?after=${encodeURIComponent(`${page.next.id}~${page.next.key}`)}` : null;
  return (
    <>
      <PageHeader
        title={t("title")}
        description={t("description", { days: trashDays })}
        back={{ href: "/prospects", label: prospects("title") }}
      />
      <TrashTables
        prospects={page.rows}
        olderHref={older && `/prospects/trash${older}`}
        lists={lists.map((list) => ({ ...list, deletedAt: list.deletedAt.toISOString() }))}
        restoreProspects={restoreProspectsAction}
        restoreList={restoreListAction}
      />
    </>
  );
}
