"use client";

import { Button, Group, Table, VisuallyHidden } from "@mantine/core";
import { IconList, IconPlus } from "@tabler/icons-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { EmptyState } from "@/components/ui/empty-state";
import { Count, Day } from "@/components/ui/formatted";
import { PageHeader } from "@/components/ui/page-header";
import { TableFrame } from "@/components/ui/table-frame";
import { useAction } from "@/components/ui/use-action";
import type { ActionResult } from "@/services/action-result";
import type { TrashList } from "@/services/prospects/trash-list";
import { DeleteListDialog } from "./delete-list-dialog";
import { ListNameDialog } from "./list-name-dialog";
import classes from "./prospects-table.module.css";

type List = { id: string; name: string; members: number; createdAt: string };
type Props = {
  lists: List[];
  actions: {
    create: (input: { name: string }) => Promise<ActionResult<{ id: string; name: string }>>;
    rename: (input: { id: string; name: string }) => Promise<ActionResult<void>>;
    trash: (input: TrashList) => Promise<ActionResult<void>>;
  };
};

export function ListsTable({ lists, actions }: Props) {
  const t = useTranslations("lists");
  const common = useTranslations("common");
  const router = useRouter();
  const [creating, setCreating] = useState(false);
  const [renaming, setRenaming] = useState<List | null>(null);
  const [deleting, setDeleting] = useState<List | null>(null);
  const trash = useAction(actions.trash, {
    successMessage: t("trashed"),
    onSuccess: () => {
      setDeleting(null);
      router.refresh();
    },
    onFailure: () => {
      setDeleting(null);
      return undefined;
    },
  });
  const create = useAction(actions.create, {
    successMessage: t("created"),
    onSuccess: () => {
      setCreating(false);
      router.refresh();
    },
  });
  const rename = useAction(actions.rename, {
    successMessage: t("renamed"),
    onSuccess: () => {
      setRenaming(null);
      router.refresh();
    },
  });
  const add = (
    <Button leftSection={<IconPlus size={16} stroke={1.6} />} onClick={() => setCreating(true)}>
      {t("create")}
    </Button>
  );
  return (
    <>
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={lists.length ? add : undefined}
      />
      {lists.length ? (
        <TableFrame label={t("title")} minWidth={0}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("name")}</Table.Th>
                <Table.Th ta="right">{t("prospects")}</Table.Th>
                <Table.Th visibleFrom="sm">{t("createdAt")}</Table.Th>
                <Table.Th>
                  <VisuallyHidden>{common("actions")}</VisuallyHidden>
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {lists.map((list) => (
                <Table.Tr key={list.id}>
                  <Table.Td style={{ overflowWrap: "anywhere" }}>
                    <Link href={`/lists/${list.id}`} className={classes.link}>
                      {list.name}
                    </Link>
                  </Table.Td>
                  <Table.Td ta="right">
                    <Count value={list.members} />
                  </Table.Td>
                  <Table.Td visibleFrom="sm" c="dimmed">
                    <Day value={list.createdAt} />
                  </Table.Td>
                  <Table.Td>
                    <Group gap={4} justify="flex-end" wrap="nowrap">
                      <Button
                        variant="subtle"
                        size="compact-sm"
                        aria-label={t("renameNamed", { name: list.name })}
                        onClick={() => setRenaming(list)}
                      >
                        {t("rename")}
                      </Button>
                      <Button
                        variant="subtle"
                        color="red"
                        size="compact-sm"
                        aria-label={t("deleteNamed", { name: list.name })}
                        onClick={() => setDeleting(list)}
                      >
                        {common("delete")}
                      </Button>
                    </Group>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </TableFrame>
      ) : (
        <EmptyState
          icon={<IconList size={22} stroke={1.6} />}
          title={t("emptyTitle")}
          description={t("emptyText")}
          action={add}
        />
      )}
      <ListNameDialog
        opened={creating}
        title={t("create")}
        confirmLabel={t("createConfirm")}
        pending={create.pending}
        error={create.fieldErrors.name}
        onClose={() => setCreating(false)}
        onSubmit={(name) => create.run({ name })}
      />
      <ListNameDialog
        key={renaming?.id}
        opened={renaming !== null}
        title={t("renameTitle")}
        initialName={renaming?.name}
        confirmLabel={common("save")}
        pending={rename.pending}
        error={rename.fieldErrors.name}
        onClose={() => setRenaming(null)}
        onSubmit={(name) => renaming && rename.run({ id: renaming.id, name })}
      />
      <DeleteListDialog
        list={deleting}
        onClose={() => setDeleting(null)}
        onConfirm={(input) => trash.run(input)}
        pending={trash.pending}
      />
    </>
  );
}
