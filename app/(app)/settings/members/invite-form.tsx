"use client";

import { Button, Stack, Text, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useAction } from "@/components/ui/use-action";
import type { Role } from "@/db/queries/workspaces";
import { inviteMemberAction } from "./actions";
import { RoleSelect } from "./role-select";

type Props = { actorRole: Role; onLink: (link: string) => void };

export function InviteForm({ actorRole, onLink }: Props) {
  const t = useTranslations("members");
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("member");
  const { run, pending, fieldErrors } = useAction(inviteMemberAction, {
    onSuccess: ({ link }) => onLink(link),
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    void run({ email, role });
  }

  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t("inviteText")}
        </Text>
        <TextInput
          label={t("email")}
          type="email"
          required
          withAsterisk={false}
          data-autofocus
          value={email}
          error={fieldErrors.email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <RoleSelect label={t("role")} value={role} onChange={setRole} actorRole={actorRole} />
        <Button type="submit" loading={pending}>
          {t("createLink")}
        </Button>
      </Stack>
    </form>
  );
}
