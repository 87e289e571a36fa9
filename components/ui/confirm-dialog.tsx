"use client";

import { Button, Group, Modal, Stack } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

type Props = {
  opened: boolean;
  onClose: () => void;
  onConfirm: () => void;
  title: string;
  children: ReactNode;
  /** What the button does, in a verb: "Delete list". */
  confirmLabel: string;
  /** Instead of "Cancel", where that could be taken for the act itself. */
  keepLabel?: string;
  danger?: boolean;
  pending?: boolean;
};

/** Asks before an act that is hard to undo. Focus starts on Cancel. */
export function ConfirmDialog({
  opened,
  onClose,
  onConfirm,
  title,
  children,
  confirmLabel,
  keepLabel,
  danger,
  pending,
}: Props) {
  const t = useTranslations("common");
  return (
    <Modal opened={opened} onClose={onClose} title={title} closeButtonProps={{ "aria-label": t("close") }}>
      <Stack gap="lg">
        <div>{children}</div>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            {keepLabel ?? t("cancel")}
          </Button>
          <Button color={danger ? "red" : undefined} onClick={onConfirm} loading={pending}>
            {confirmLabel}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
