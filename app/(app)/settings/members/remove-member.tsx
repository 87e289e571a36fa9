"use client";

import { ActionIcon, Tooltip } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconDoorExit, IconTrash } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useAction } from "@/components/ui/use-action";
import { removeMemberAction } from "./actions";

type Props = { member: { userId: string; name: string }; self: boolean };

export function RemoveMember({ member, self }: Props) {
  const t = useTranslations("members");
  const [opened, { open, close }] = useDisclosure(false);
  const { run, pending } = useAction(removeMemberAction, {
    successMessage: self ? undefined : t("removed"),
    onSuccess: () => (self ? window.location.assign("/") : close()),
  });
  const label = self ? t("leave") : t("remove", { name: member.name });
  return (
    <>
      <Tooltip label={label}>
        <ActionIcon aria-label={label} onClick={open}>
          {self ? <IconDoorExit size={18} stroke={1.6} /> : <IconTrash size={18} stroke={1.6} />}
        </ActionIcon>
      </Tooltip>
      <ConfirmDialog
        opened={opened}
        onClose={close}
        onConfirm={() => run({ userId: member.userId })}
        title={self ? t("leaveTitle") : t("removeTitle")}
        confirmLabel={self ? t("leave") : t("removeConfirm")}
        danger
        pending={pending}
      >
        {self ? t("leaveText") : t("removeText", { name: member.name })}
      </ConfirmDialog>
    </>
  );
}
