import { Text } from "@mantine/core";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { readSignedIn } from "@/app/server/context";
import { deps } from "@/app/server/deps";
import { SignOutButton } from "@/components/shell/sign-out-button";
import { LinkButton } from "@/components/ui/link-button";
import { readInvitation } from "@/db/queries/workspaces";
import { hashInvitationToken } from "@/services/workspaces/invitation-token";
import { AuthHeading } from "../../auth-heading";
import { InvitedSignUpForm } from "./invited-sign-up-form";
import { JoinButton } from "./join-button";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth");
  // The address of this page is a secret: it must not travel in a Referer header.
  return { title: t("inviteJoin"), referrer: "no-referrer", robots: { index: false } };
}

export default async function InvitationPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const t = await getTranslations("auth");
  const roles = await getTranslations("members");
  const invitation = await readInvitation(deps().db, hashInvitationToken(token));
  if (!invitation) {
    return <AuthHeading title={t("inviteInvalidTitle")}>{t("inviteInvalidText")}</AuthHeading>;
  }
  const { email, role, workspaceName, hasAccount } = invitation;
  const signedIn = await readSignedIn();
  return (
    <>
      <AuthHeading title={t("inviteTitle", { workspace: workspaceName })}>
        {t("inviteText", { role: roles(role).toLowerCase(), email })}
      </AuthHeading>
      {answer()}
    </>
  );

  function answer() {
    if (signedIn && signedIn.user.email.toLowerCase() === email) return <JoinButton token={token} />;
    if (signedIn) {
      return (
        <>
          <Text mb="md">{t("inviteOtherPerson", { current: signedIn.user.email, email })}</Text>
          <SignOutButton backTo={`/invite/${token}`} />
        </>
      );
    }
    if (!hasAccount) return <InvitedSignUpForm token={token} email={email} />;
    return (
      <>
        <Text mb="md">{t("inviteExisting")}</Text>
        <LinkButton href={`/sign-in?next=${encodeURIComponent(`/invite/${token}`)}`} fullWidth>
          {t("inviteSignIn")}
        </LinkButton>
      </>
    );
  }
}
