"use client";

import { Button } from "@mantine/core";
import { signOut } from "next-auth/react";
import { useTranslations } from "next-intl";
import { useAction } from "@/components/ui/use-action";
import { endSessionsAction } from "./actions";
import { ProfileCard } from "./profile-card";

export function SessionsCard() {
  const t = useTranslations("profile");
  const { run, pending } = useAction(endSessionsAction, {
    onSuccess: () => signOut({ callbackUrl: "/sign-in" }),
  });
  return (
    <ProfileCard title={t("sessions")} description={t("sessionsText")}>
      <Button variant="default" loading={pending} onClick={() => run()}>
        {t("signOutEverywhere")}
      </Button>
    </ProfileCard>
  );
}
