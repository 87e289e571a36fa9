import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requirePage } from "@/app/server/context";
import { PageHeader } from "@/components/ui/page-header";
import { listMembers, listOpenInvitations } from "@/db/queries/workspaces";
import { InvitationTable } from "./invitation-table";
import { InviteButton } from "./invite-button";
import { MemberTable } from "./member-table";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("members"))("title") };
}

export default async function MembersPage() {
  const ctx = await requirePage();
  const t = await getTranslations("members");
  const manages = ctx.role !== "member";
  const [members, invitations] = await Promise.all([
    listMembers(ctx.db, ctx.workspaceId),
    manages ? listOpenInvitations(ctx.db, ctx.workspaceId) : [],
  ]);
  return (
    <>
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={manages ? <InviteButton actorRole={ctx.role} /> : null}
      />
      <MemberTable members={members} actor={{ userId: ctx.userId, role: ctx.role }} />
      {invitations.length ? <InvitationTable invitations={invitations} actorRole={ctx.role} /> : null}
    </>
  );
}
