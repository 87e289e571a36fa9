"use client";

import { Button, Stack, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useAction } from "@/components/ui/use-action";
import { editProfileAction } from "./actions";
import { ProfileCard } from "./profile-card";

export function NameCard({ name: saved, email }: { name: string; email: string }) {
  const t = useTranslations("profile");
  const common = useTranslations("common");
  const [name, setName] = useState(saved);
  const { run, pending, fieldErrors } = useAction(editProfileAction, { successMessage: common("saved") });
  return (
    <ProfileCard title={t("about")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void run({ name });
        }}
      >
        <Stack gap="md" align="flex-start">
          <TextInput
            w="100%"
            label={t("name")}
            autoComplete="name"
            required
            withAsterisk={false}
            maxLength={100}
            value={name}
            error={fieldErrors.name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput w="100%" label={t("email")} value={email} readOnly variant="filled" />
          <Button type="submit" variant="default" loading={pending} disabled={name.trim() === saved}>
            {common("save")}
          </Button>
        </Stack>
      </form>
    </ProfileCard>
  );
}
