import "server-only";
import { redirect } from "next/navigation";
import { contactAddress } from "@/app/server/contact-address";
import { requirePage } from "@/app/server/context";
import type { ConflictContext } from "@/components/conflicts/conflict-context";
import { fieldsOfConflicts } from "@/components/conflicts/fields-of-conflicts";
import { listOptions } from "@/db/queries/lists";
import { listMembers } from "@/db/queries/workspaces";
import { readPageSettings } from "../page-settings";

/** Who looks, and what pages of conflicts need to know of the integration that their address names. */
export async function readConflictPage(params: Promise<{ id: string }>) {
  const { settings, manages } = await readPageSettings(params);
  if (!settings.launchedAt) redirect(`/settings/integrations/${settings.id}/setup`);
  const ctx = await requirePage();
  const [lists, members] = await Promise.all([
    listOptions(ctx.db, ctx.workspaceId),
    listMembers(ctx.db, ctx.workspaceId),
  ]);
  const context: ConflictContext = {
    integration: { id: settings.id, name: settings.account.name },
    settingsSeen: settings.updatedAt,
    contactUrl: contactAddress(settings.account.id),
    userId: ctx.userId,
    manages,
    lists,
    people: members.map(({ userId, name }) => ({ id: userId, name })),
    ...fieldsOfConflicts(settings),
  };
  return { ctx, context };
}
