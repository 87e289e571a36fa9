"use client";

import { Alert, Button, Divider, PasswordInput, Stack, TextInput } from "@mantine/core";
import { IconAlertCircle } from "@tabler/icons-react";
import { signIn } from "next-auth/react";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { passwordSignIn } from "@/components/shell/password-sign-in";
import { useFailureText } from "@/components/ui/use-failure-text";
import type { Failure } from "@/services/action-result";
import { DemoSignIn } from "./demo-sign-in";

type Props = { next: string; oidcName: string | null; demo: boolean; failed?: string };

export function SignInForm({ next, oidcName, demo, failed }: Props) {
  const t = useTranslations("auth");
  const failureText = useFailureText();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [pending, setPending] = useState<"password" | "demo" | "oidc" | null>(null);
  const [failure, setFailure] = useState<Pick<Failure, "code" | "reason" | "values"> | null>(
    failed
      ? { code: "unexpected", reason: failed === "oidc_email_unverified" ? failed : "sign_in_failed" }
      : null,
  );

  async function enter(kind: "password" | "demo", address: string, secret: string) {
    setPending(kind);
    setFailure(null);
    const result = await passwordSignIn(address, secret);
    // A full load, so that nothing of a former session stays in memory.
    if (!result) return window.location.assign(next);
    setFailure(result);
    setPending(null);
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    void enter("password", email, password);
  }

  return (
    <Stack gap="lg">
      <form method="post" onSubmit={submit}>
        <Stack gap="md">
          {failure ? (
            <Alert color="red" icon={<IconAlertCircle size={20} />} data-testid="sign-in-failure">
              {failureText(failure)}
            </Alert>
          ) : null}
          <TextInput
            label={t("email")}
            name="email"
            type="email"
            autoComplete="username"
            required
            withAsterisk={false}
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <PasswordInput
            label={t("password")}
            name="password"
            autoComplete="current-password"
            required
            withAsterisk={false}
            visibilityToggleButtonProps={{ "aria-label": t("showPassword") }}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Button type="submit" fullWidth loading={pending === "password"}>
            {t("signIn")}
          </Button>
        </Stack>
      </form>
      {oidcName ? (
        <>
          <Divider label={t("or")} />
          <Button
            variant="default"
            fullWidth
            loading={pending === "oidc"}
            onClick={() => {
              setPending("oidc");
              void signIn("oidc", { callbackUrl: next });
            }}
          >
            {t("continueWith", { name: oidcName })}
          </Button>
        </>
      ) : null}
      {demo ? (
        <DemoSignIn
          pending={pending === "demo"}
          onUse={(address, secret) => enter("demo", address, secret)}
        />
      ) : null}
    </Stack>
  );
}
