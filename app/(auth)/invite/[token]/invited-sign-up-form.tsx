"use client";

import { Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { passwordSignIn } from "@/components/shell/password-sign-in";
import { useAction } from "@/components/ui/use-action";
import { signUpByInvitationAction } from "./actions";

export function InvitedSignUpForm({ token, email }: { token: string; email: string }) {
  const t = useTranslations("auth");
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [entering, setEntering] = useState(false);
  const { run, pending, fieldErrors } = useAction(signUpByInvitationAction, {
    onSuccess: async () => {
      setEntering(true);
      const failed = await passwordSignIn(email, password);
      window.location.assign(failed ? "/sign-in" : "/");
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    void run({ token, name, password });
  }

  return (
    <form method="post" onSubmit={submit}>
      <Stack gap="md">
        <TextInput label={t("email")} value={email} readOnly variant="filled" autoComplete="username" />
        <TextInput
          label={t("name")}
          autoComplete="name"
          required
          withAsterisk={false}
          maxLength={100}
          value={name}
          error={fieldErrors.name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <PasswordInput
          label={t("password")}
          description={t("passwordHint")}
          autoComplete="new-password"
          required
          withAsterisk={false}
          minLength={10}
          visibilityToggleButtonProps={{ "aria-label": t("showPassword") }}
          value={password}
          error={fieldErrors.password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" fullWidth loading={pending || entering}>
          {t("createAccount")}
        </Button>
      </Stack>
    </form>
  );
}
