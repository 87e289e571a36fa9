"use client";

import { Alert, Button, Table, Text, Title } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { EmptyState } from "@/components/ui/empty-state";
import { TimeAgo } from "@/components/ui/formatted";
import { TableFrame } from "@/components/ui/table-frame";
import { useAction } from "@/components/ui/use-action";
import type { ActionResult } from "@/services/action-result";
import type { RefusedRestore } from "@/services/prospects/restore-prospects";
import { ListNameDialog } from "./list-name-dialog";
import classes from "./prospects-table.module.css";
import { RefusedText } from "./trashed-notice";

type TrashedProspect = {
  id: string;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  deletedAt: string;
  deletedBy: string | null;
};
type TrashedList = { id: string; name: string; deletedAt: string };
type Restored = { restored: string[]; refused: RefusedRestore[] };

type Props = {
  prospects: TrashedProspect[];
  olderHref: string | null;
  lists: TrashedList[];
  restoreProspects: (input: { ids: string[] }) => Promise<ActionResult<Restored>>;
  restoreList: (input: { id: string; name?: string }) => Promise<ActionResult<void>>;
};

export function TrashTables({ prospects, olderHref, lists, restoreProspects, restoreList }: Props) {
  const t = useTranslations("trash");
  if (!prospects.length && !lists.length) {
    return (
      <EmptyState
        icon={<IconTrash size={22} stroke={1.6} />}
        title={t("emptyTitle")}
        description={t("emptyText")}
      />
    );
  }
  return (
    <>
      {prospects.length ? (
        <TrashedProspects rows={prospects} olderHref={olderHref} restore={restoreProspects} />
      ) : null}
      {lists.length ? <TrashedLists rows={lists} restore={restoreList} /> : null}
    </>
  );
}

type ProspectsProps = {
  rows: TrashedProspect[];
  olderHref: string | null;
  restore: Props["restoreProspects"];
};

function TrashedProspects({ rows, olderHref, restore }: ProspectsProps) {
  const t = useTranslations("trash");
  const prospects = useTranslations("prospects");
  const router = useRouter();
  const [refused, setRefused] = useState<RefusedRestore[]>([]);
  const [busy, setBusy] = useState<string | null>(null);
  const { run } = useAction(restore, {
    onSuccess: (result) => {
      setRefused(result.refused);
      router.refresh();
    },
  });
  return (
    <section aria-label={t("prospects")}>
      <Title order={2} mb="sm">
        {t("prospects")}
      </Title>
      {refused.length ? (
        <Alert color="orange" mb="sm" title={t("refusedTitle")}>
          {refused.map((one) => (
            <RefusedText key={one.id} refused={one} />
          ))}
        </Alert>
      ) : null}
      <TableFrame
        label={t("prospects")}
        minWidth={0}
        footer={
          olderHref ? (
            <Button component={Link} href={olderHref} variant="default" size="xs">
              {t("older")}
            </Button>
          ) : undefined
        }
      >
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("name")}</Table.Th>
              <Table.Th>{t("when")}</Table.Th>
              <Table.Th />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => {
              const name =
                [row.firstName, row.lastName].filter(Boolean).join(" ") || row.email || prospects("nameless");
              return (
                <Table.Tr key={row.id}>
                  <Table.Td>
                    <Link href={`/prospects/${row.id}`} className={classes.link}>
                      {name}
                    </Link>
                    {row.email && row.email !== name ? (
                      <Text size="xs" c="dimmed" className={classes.email}>
                        {row.email}
                      </Text>
                    ) : null}
                  </Table.Td>
                  <Table.Td c="dimmed">
                    <TimeAgo value={row.deletedAt} />
                    {row.deletedBy ? <Text size="xs">{row.deletedBy}</Text> : null}
                  </Table.Td>
                  <Table.Td ta="right">
                    <Button
                      variant="default"
                      size="xs"
                      loading={busy === row.id}
                      aria-label={t("restoreNamed", { name })}
                      onClick={async () => {
                        setBusy(row.id);
                        await run({ ids: [row.id] });
                        setBusy(null);
                      }}
                    >
                      {t("restore")}
                    </Button>
                  </Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </TableFrame>
    </section>
  );
}

function TrashedLists({ rows, restore }: { rows: TrashedList[]; restore: Props["restoreList"] }) {
  const t = useTranslations("trash");
  const router = useRouter();
  const [renaming, setRenaming] = useState<TrashedList | null>(null);
  const { run, pending, fieldErrors } = useAction(restore, {
    successMessage: t("listRestored"),
    onSuccess: () => {
      setRenaming(null);
      router.refresh();
    },
  });
  async function tryRestore(list: TrashedList) {
    const result = await run({ id: list.id });
    if (!result.ok && result.error.reason === "list_name_taken") setRenaming(list);
  }
  return (
    <section aria-label={t("lists")} style={{ marginTop: "var(--mantine-spacing-xl)" }}>
      <Title order={2} mb="sm">
        {t("lists")}
      </Title>
      <TableFrame label={t("lists")} minWidth={0}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("name")}</Table.Th>
              <Table.Th>{t("when")}</Table.Th>
              <Table.Th />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <Table.Tr key={row.id}>
                <Table.Td fw={500}>{row.name}</Table.Td>
                <Table.Td c="dimmed">
                  <TimeAgo value={row.deletedAt} />
                </Table.Td>
                <Table.Td ta="right">
                  <Button
                    variant="default"
                    size="xs"
                    disabled={pending}
                    aria-label={t("restoreNamed", { name: row.name })}
                    onClick={() => tryRestore(row)}
                  >
                    {t("restore")}
                  </Button>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </TableFrame>
      <ListNameDialog
        key={renaming?.id}
        opened={renaming !== null}
        title={t("restoreUnder")}
        initialName={renaming?.name}
        confirmLabel={t("restore")}
        pending={pending}
        error={fieldErrors.name}
        onClose={() => setRenaming(null)}
        onSubmit={(name) => renaming && run({ id: renaming.id, name })}
      />
    </section>
  );
}
