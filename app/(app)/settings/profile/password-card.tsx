"use client";

import { Button, PasswordInput, Stack } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { passwordSignIn } from "@/components/shell/password-sign-in";
import { useAction } from "@/components/ui/use-action";
import { changePasswordAction } from "./actions";
import { ProfileCard } from "./profile-card";

type Props = { email: string; hasPassword: boolean; provider: string };

export function PasswordCard({ email, hasPassword, provider }: Props) {
  const t = useTranslations("profile");
  const auth = useTranslations("auth");
  const router = useRouter();
  const [currentPassword, setCurrent] = useState("");
  const [newPassword, setNew] = useState("");
  const { run, pending, fieldErrors } = useAction(changePasswordAction, {
    onSuccess: async () => {
      const failed = await passwordSignIn(email, newPassword);
      if (failed) return window.location.assign("/sign-in");
      setCurrent("");
      setNew("");
      notifications.show({ message: t("passwordChanged") });
      router.refresh();
    },
  });
  const toggle = { "aria-label": auth("showPassword") };

  function submit(event: FormEvent) {
    event.preventDefault();
    void run({ currentPassword, newPassword });
  }

  return (
    <ProfileCard
      title={t("passwordTitle")}
      description={hasPassword ? t("passwordText") : t("passwordNone", { provider })}
    >
      <form method="post" onSubmit={submit}>
        <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
        <Stack gap="md" align="flex-start">
          {hasPassword ? (
            <PasswordInput
              w="100%"
              label={t("currentPassword")}
              autoComplete="current-password"
              required
              withAsterisk={false}
              visibilityToggleButtonProps={toggle}
              value={currentPassword}
              error={fieldErrors.currentPassword}
              onChange={(event) => setCurrent(event.currentTarget.value)}
            />
          ) : null}
          <PasswordInput
            w="100%"
            label={t("newPassword")}
            description={auth("passwordHint")}
            autoComplete="new-password"
            required
            withAsterisk={false}
            minLength={10}
            visibilityToggleButtonProps={toggle}
            value={newPassword}
            error={fieldErrors.newPassword}
            onChange={(event) => setNew(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" loading={pending}>
            {hasPassword ? t("changePassword") : t("setPassword")}
          </Button>
        </Stack>
      </form>
    </ProfileCard>
  );
}
