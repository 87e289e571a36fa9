import { getTranslations } from "next-intl/server";
import { askedDecided, decidedFilterOf } from "@/components/conflicts/asked-decided";
import { DecidedPage } from "@/components/conflicts/decided-page";
import { readDecided } from "@/services/conflicts/read-decided";
import { undoResolutionAction } from "../actions";
import { readConflictPage } from "../conflict-page";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata() {
  return { title: (await getTranslations("conflicts.decided"))("title") };
}

export default async function DecidedConflictsPage({ params, searchParams }: Props) {
  const { ctx, context } = await readConflictPage(params);
  const asked = askedDecided(await searchParams);
  const input = { integrationId: context.integration.id, filter: decidedFilterOf(asked) };
  return (
    <DecidedPage
      initial={await readDecided({ ctx, input })}
      asked={asked}
      context={context}
      undo={undoResolutionAction}
    />
  );
}
