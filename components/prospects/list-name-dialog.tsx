"use client";

import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";

type Props = {
  opened: boolean;
  title: string;
  initialName?: string;
  confirmLabel: string;
  pending: boolean;
  error?: string;
  onClose: () => void;
  onSubmit: (name: string) => void;
};

export function ListNameDialog({ opened, onClose, title, ...form }: Props) {
  const common = useTranslations("common");
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      closeButtonProps={{ "aria-label": common("close") }}
    >
      <NameForm onClose={onClose} {...form} />
    </Modal>
  );
}

/** Mounted with the dialog, so that it starts afresh each time. */
function NameForm({
  initialName = "",
  confirmLabel,
  pending,
  error,
  onClose,
  onSubmit,
}: Omit<Props, "opened" | "title">) {
  const t = useTranslations("lists");
  const common = useTranslations("common");
  const [name, setName] = useState(initialName);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit(name);
      }}
    >
      <Stack gap="lg">
        <TextInput
          label={t("name")}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={error}
          maxLength={100}
          autoComplete="off"
          data-autofocus
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {common("cancel")}
          </Button>
          <Button type="submit" loading={pending}>
            {confirmLabel}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
