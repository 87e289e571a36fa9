import { tryAgainAction } from "@/app/(app)/settings/integrations/[id]/actions";
import NotFound from "@/app/not-found";
import { requirePage } from "@/app/server/context";
import { ProspectPage } from "@/components/prospects/prospect-page";
import { readProspect } from "@/services/prospects/read-prospect";
import { ServiceError } from "@/services/service-error";
import {
  changeListsAction,
  editProspectAction,
  restoreProspectsAction,
  trashProspectsAction,
} from "../actions";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props) {
  const view = await find(params);
  return { title: view?.name ?? undefined };
}

export default async function Page({ params }: Props) {
  const view = await find(params);
  // Not thrown: where a page of which the title waits, too, throws as it streams, React never ends it.
  if (!view) return <NotFound />;
  return (
    <ProspectPage
      initial={view}
      actions={{
        edit: editProspectAction,
        trash: trashProspectsAction,
        restore: restoreProspectsAction,
        changeLists: changeListsAction,
        tryAgain: tryAgainAction,
      }}
    />
  );
}

async function find(params: Props["params"]) {
  const ctx = await requirePage();
  try {
    return await readProspect({ ctx, input: await params });
  } catch (error) {
    if (error instanceof ServiceError && error.code === "not_found") return null;
    throw error;
  }
}
