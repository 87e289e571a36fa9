"use client";

import { Alert, Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { passwordSignIn } from "@/components/shell/password-sign-in";
import { useAction } from "@/components/ui/use-action";
import { useFailureText } from "@/components/ui/use-failure-text";
import type { Failure } from "@/services/action-result";
import { signUpAction } from "./actions";

export function SignUpForm() {
  const t = useTranslations("auth");
  const failureText = useFailureText();
  const [input, setInput] = useState({ name: "", email: "", password: "", workspaceName: "" });
  const [failure, setFailure] = useState<Failure | null>(null);
  const [entering, setEntering] = useState(false);
  const { run, pending, fieldErrors } = useAction(signUpAction, {
    onFailure: (failed) => {
      setFailure(failed.fields ? null : failed);
      return true;
    },
    onSuccess: async () => {
      setEntering(true);
      const failed = await passwordSignIn(input.email, input.password);
      window.location.assign(failed ? "/sign-in" : "/");
    },
  });
  const bind = (name: keyof typeof input) => ({
    name,
    value: input[name],
    error: fieldErrors[name],
    required: true,
    withAsterisk: false,
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setInput((before) => ({ ...before, [name]: value }));
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    setFailure(null);
    void run(input);
  }

  return (
    <form method="post" onSubmit={submit}>
      <Stack gap="md">
        {failure ? <Alert color="red">{failureText(failure)}</Alert> : null}
        <TextInput label={t("name")} autoComplete="name" maxLength={100} {...bind("name")} />
        <TextInput label={t("email")} type="email" autoComplete="username" {...bind("email")} />
        <PasswordInput
          label={t("password")}
          description={t("passwordHint")}
          autoComplete="new-password"
          minLength={10}
          visibilityToggleButtonProps={{ "aria-label": t("showPassword") }}
          {...bind("password")}
        />
        <TextInput
          label={t("workspaceName")}
          description={t("workspaceHint")}
          autoComplete="organization"
          maxLength={100}
          {...bind("workspaceName")}
        />
        <Button type="submit" fullWidth loading={pending || entering}>
          {t("createAccount")}
        </Button>
      </Stack>
    </form>
  );
}
