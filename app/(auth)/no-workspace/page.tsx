import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { readSignedIn } from "@/app/server/context";
import { SignOutButton } from "@/components/shell/sign-out-button";
import { AuthHeading } from "../auth-heading";
import { NewWorkspaceForm } from "./new-workspace-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth"))("noWorkspaceTitle") };
}

export default async function NoWorkspacePage() {
  const signedIn = await readSignedIn();
  if (!signedIn) redirect("/sign-in");
  if (signedIn.current) redirect("/");
  const t = await getTranslations("auth");
  return (
    <>
      <AuthHeading title={t("noWorkspaceTitle")}>{t("noWorkspaceText")}</AuthHeading>
      <NewWorkspaceForm />
      <div style={{ marginTop: 16 }}>
        <SignOutButton />
      </div>
    </>
  );
}
