import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { contactAddress } from "@/app/server/contact-address";
import { requirePage } from "@/app/server/context";
import { ActivityPage } from "@/components/activity/activity-page";
import { activityFilterOf, activityParams, askedActivity } from "@/components/activity/asked-activity";
import { shownFields, writtenFields } from "@/components/transfers/shown-fields";
import { listHubspotUsers } from "@/db/queries/hubspot-users";
import { listMembers } from "@/db/queries/workspaces";
import { readActivities } from "@/services/activities/read-activities";
import { readPageSettings } from "../page-settings";
import { startUndoAction } from "../transfers/actions";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata() {
  return { title: (await getTranslations("activity"))("title") };
}

export default async function IntegrationActivityPage({ params, searchParams }: Props) {
  const { settings, manages } = await readPageSettings(params);
  if (!settings.launchedAt) redirect(`/settings/integrations/${settings.id}/setup`);
  const ctx = await requirePage();
  const asked = askedActivity(await searchParams);
  const [initial, members, users] = await Promise.all([
    readActivities({ ctx, input: { integrationId: settings.id, filter: activityFilterOf(asked) } }),
    listMembers(ctx.db, ctx.workspaceId),
    listHubspotUsers(ctx.db, settings.id),
  ]);
  return (
    <ActivityPage
      key={activityParams(asked).toString()}
      initial={initial}
      asked={asked}
      context={{
        integration: { id: settings.id, name: settings.account.name },
        fields: shownFields(settings),
        fieldKeys: writtenFields(settings),
        people: { snov: members.map(personOf), hubspot: users.map(personOf) },
        contactUrl: contactAddress(settings.account.id),
        undo: manages ? startUndoAction : null,
      }}
    />
  );
}

function personOf({ userId: id, name }: { userId: string; name: string }) {
  return { id, name };
}
