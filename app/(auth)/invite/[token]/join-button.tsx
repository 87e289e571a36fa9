"use client";

import { Button } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useAction } from "@/components/ui/use-action";
import { joinWorkspaceAction } from "./actions";

export function JoinButton({ token }: { token: string }) {
  const t = useTranslations("auth");
  const { run, pending } = useAction(joinWorkspaceAction, { onSuccess: () => window.location.assign("/") });
  return (
    <Button fullWidth loading={pending} onClick={() => run(token)}>
      {t("inviteJoin")}
    </Button>
  );
}
