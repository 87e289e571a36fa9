"use client";

import { Button, Group, Menu, Text } from "@mantine/core";
import { IconFolderPlus, IconFolderSymlink, IconListDetails, IconTrash } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useAction } from "@/components/ui/use-action";
import type { ActionResult } from "@/services/action-result";
import type { ChangeLists } from "@/services/prospects/change-lists";

export type SelectionActions = {
  changeLists: (input: ChangeLists) => Promise<ActionResult<{ changed: number }>>;
  trash: (input: { ids: string[] }) => Promise<ActionResult<{ trashed: string[] }>>;
};

type List = { id: string; name: string };
type Props = {
  ids: string[];
  lists: List[];
  /** In a list's own table, its prospects can be moved out of it. */
  currentList: List | null;
  actions: SelectionActions;
  onClear: () => void;
  onDone: () => void;
};

export function SelectionBar({ ids, lists, currentList, actions, onClear, onDone }: Props) {
  const t = useTranslations("prospects");
  const [asking, setAsking] = useState(false);
  const change = useAction(actions.changeLists, { successMessage: t("listsChanged"), onSuccess: onDone });
  const trash = useAction(actions.trash, {
    successMessage: t("trashed", { count: ids.length }),
    onSuccess: () => {
      setAsking(false);
      onDone();
    },
  });
  const others = lists.filter(({ id }) => id !== currentList?.id);
  return (
    <Group justify="space-between" gap="sm" w="100%" mih={36}>
      <Group gap="xs">
        <Text size="sm" fw={500} aria-live="polite">
          {t("selected", { count: ids.length })}
        </Text>
        <Button variant="subtle" size="compact-sm" onClick={onClear}>
          {t("clearSelection")}
        </Button>
      </Group>
      <Group gap="xs">
        <ListMenu
          label={t("addToList")}
          icon={<IconFolderPlus size={16} stroke={1.6} />}
          lists={others}
          empty={t("noListsYet")}
          pending={change.pending}
          onChoose={(list) => change.run({ ids, add: [list.id] })}
        />
        {currentList ? (
          <>
            <ListMenu
              label={t("moveToList")}
              icon={<IconFolderSymlink size={16} stroke={1.6} />}
              lists={others}
              empty={t("noListsYet")}
              pending={change.pending}
              onChoose={(list) => change.run({ ids, add: [list.id], remove: [currentList.id] })}
            />
            <Button
              variant="default"
              size="xs"
              leftSection={<IconListDetails size={16} stroke={1.6} />}
              loading={change.pending}
              onClick={() => change.run({ ids, remove: [currentList.id] })}
            >
              {t("takeOut")}
            </Button>
          </>
        ) : null}
        <Button
          variant="default"
          size="xs"
          c="var(--mantine-color-error)"
          leftSection={<IconTrash size={16} stroke={1.6} />}
          onClick={() => setAsking(true)}
        >
          {t("trash")}
        </Button>
      </Group>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => trash.run({ ids })}
        title={t("trashTitle", { count: ids.length })}
        confirmLabel={t("trash")}
        pending={trash.pending}
        danger
      >
        <Text size="sm">{t("trashText")}</Text>
      </ConfirmDialog>
    </Group>
  );
}

type ListMenuProps = {
  label: string;
  icon: ReactNode;
  lists: List[];
  empty: string;
  pending: boolean;
  onChoose: (list: List) => void;
};

function ListMenu({ label, icon, lists, empty, pending, onChoose }: ListMenuProps) {
  return (
    <Menu>
      <Menu.Target>
        <Button variant="default" size="xs" leftSection={icon} loading={pending}>
          {label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={320} style={{ overflowY: "auto" }}>
        {lists.length ? (
          lists.map((list) => (
            <Menu.Item key={list.id} onClick={() => onChoose(list)}>
              {list.name}
            </Menu.Item>
          ))
        ) : (
          <Menu.Label>{empty}</Menu.Label>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
