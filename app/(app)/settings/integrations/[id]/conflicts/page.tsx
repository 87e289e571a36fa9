import { getTranslations } from "next-intl/server";
import { askedConflicts, filterOf } from "@/components/conflicts/asked-conflicts";
import { ConflictsPage } from "@/components/conflicts/conflicts-page";
import { readConflictsPage } from "@/services/conflicts/read-page";
import {
  makeRuleAction,
  previewRuleAction,
  resolveConflictsAction,
  resolveMatchingAction,
  undoResolutionAction,
} from "./actions";
import { readConflictPage } from "./conflict-page";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata() {
  return { title: (await getTranslations("conflicts"))("title") };
}

export default async function IntegrationConflictsPage({ params, searchParams }: Props) {
  const { ctx, context } = await readConflictPage(params);
  const asked = askedConflicts(await searchParams);
  const input = { integrationId: context.integration.id, filter: filterOf(asked) };
  return (
    <ConflictsPage
      initial={await readConflictsPage({ ctx, input })}
      asked={asked}
      context={context}
      actions={{
        resolve: resolveConflictsAction,
        resolveMatching: resolveMatchingAction,
        undo: undoResolutionAction,
        previewRule: previewRuleAction,
        makeRule: makeRuleAction,
      }}
    />
  );
}
