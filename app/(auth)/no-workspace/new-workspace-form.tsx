"use client";

import { Button, Stack, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useAction } from "@/components/ui/use-action";
import { createWorkspaceAction } from "./actions";

export function NewWorkspaceForm() {
  const t = useTranslations("auth");
  const [name, setName] = useState("");
  const { run, pending, fieldErrors } = useAction(createWorkspaceAction, {
    onSuccess: () => window.location.assign("/"),
  });
  return (
    <form
      method="post"
      onSubmit={(event) => {
        event.preventDefault();
        void run(name);
      }}
    >
      <Stack gap="md">
        <TextInput
          label={t("workspaceName")}
          description={t("workspaceHint")}
          required
          withAsterisk={false}
          maxLength={100}
          value={name}
          error={fieldErrors.name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" fullWidth loading={pending}>
          {t("createWorkspace")}
        </Button>
      </Stack>
    </form>
  );
}
