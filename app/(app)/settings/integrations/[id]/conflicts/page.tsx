import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { contactAddress } from "@/app/server/contact-address";
import { requirePage } from "@/app/server/context";
import { askedConflicts, filterOf } from "@/components/conflicts/asked-conflicts";
import { ConflictsPage } from "@/components/conflicts/conflicts-page";
import { fieldsOfConflicts } from "@/components/conflicts/fields-of-conflicts";
import { listOptions } from "@/db/queries/lists";
import { listMembers } from "@/db/queries/workspaces";
import { readConflictsPage } from "@/services/conflicts/read-page";
import { readPageSettings } from "../page-settings";
import {
  makeRuleAction,
  previewRuleAction,
  resolveConflictsAction,
  resolveMatchingAction,
  undoResolutionAction,
} from "./actions";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata() {
  return { title: (await getTranslations("conflicts"))("title") };
}

export default async function IntegrationConflictsPage({ params, searchParams }: Props) {
  const { settings, manages } = await readPageSettings(params);
  if (!settings.launchedAt) redirect(`/settings/integrations/${settings.id}/setup`);
  const ctx = await requirePage();
  const asked = askedConflicts(await searchParams);
  const input = { integrationId: settings.id, filter: filterOf(asked) };
  const [initial, lists, members] = await Promise.all([
    readConflictsPage({ ctx, input }),
    listOptions(ctx.db, ctx.workspaceId),
    listMembers(ctx.db, ctx.workspaceId),
  ]);
  return (
    <ConflictsPage
      initial={initial}
      asked={asked}
      context={{
        integration: { id: settings.id, name: settings.account.name },
        settingsSeen: settings.updatedAt,
        contactUrl: contactAddress(settings.account.id),
        userId: ctx.userId,
        manages,
        lists,
        people: members.map(({ userId, name }) => ({ id: userId, name })),
        ...fieldsOfConflicts(settings),
      }}
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
