"use client";

import { Button } from "@mantine/core";
import { signOut } from "next-auth/react";
import { useTranslations } from "next-intl";

export function SignOutButton({ backTo = "/sign-in" }: { backTo?: string }) {
  const t = useTranslations("nav");
  return (
    <Button variant="default" fullWidth onClick={() => signOut({ callbackUrl: backTo })}>
      {t("signOut")}
    </Button>
  );
}
