"use client";

import { Alert, Button, Group, Text } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { TryAgainAction } from "@/components/overview/use-try-again";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { PageHeader } from "@/components/ui/page-header";
import { useAction } from "@/components/ui/use-action";
import { fetchJson } from "@/lib/fetch-json";
import type { ActionResult } from "@/services/action-result";
import type { ChangeLists } from "@/services/prospects/change-lists";
import type { EditProspect } from "@/services/prospects/edit-prospect";
import type { ProspectView } from "@/services/prospects/read-prospect";
import type { RefusedRestore } from "@/services/prospects/restore-prospects";
import { HistoryCard } from "./history-card";
import { ListsCard } from "./lists-card";
import { ProspectFieldsCard } from "./prospect-fields-card";
import classes from "./prospect-page.module.css";
import { SyncCard } from "./sync-card";
import { TrashedNotice } from "./trashed-notice";

type Props = {
  initial: ProspectView;
  actions: {
    edit: (input: EditProspect) => Promise<ActionResult<{ version: number }>>;
    trash: (input: { ids: string[] }) => Promise<ActionResult<{ trashed: string[] }>>;
    restore: (input: {
      ids: string[];
    }) => Promise<ActionResult<{ restored: string[]; refused: RefusedRestore[] }>>;
    changeLists: (input: ChangeLists) => Promise<ActionResult<{ changed: number }>>;
    tryAgain: TryAgainAction;
  };
};

/** One prospect, kept current while it is open. */
export function ProspectPage({ initial, actions }: Props) {
  const t = useTranslations("prospects");
  const router = useRouter();
  const [asking, setAsking] = useState(false);
  const query = useQuery({
    queryKey: ["prospect", initial.id],
    queryFn: ({ signal }) => fetchJson<ProspectView>(`/api/prospects/${initial.id}`, signal),
    initialData: initial,
    refetchInterval: 3_000,
  });
  const view = query.data;
  const refresh = () => query.refetch();
  const trash = useAction(actions.trash, {
    successMessage: t("trashed", { count: 1 }),
    onSuccess: () => router.push("/prospects"),
  });
  const name = view.name ?? t("nameless");
  return (
    <>
      <PageHeader
        title={name}
        description={view.values.job_title || view.values.company ? subtitle(view) : undefined}
        back={{ href: "/prospects", label: t("title") }}
        actions={
          view.deletedAt ? undefined : (
            <Button
              variant="default"
              leftSection={<IconTrash size={16} stroke={1.6} />}
              onClick={() => setAsking(true)}
            >
              {t("trash")}
            </Button>
          )
        }
      />
      {view.deletedAt ? <TrashedNotice view={view} restore={actions.restore} refresh={refresh} /> : null}
      {query.isError ? (
        <Alert color="orange" mb="md">
          <Group justify="space-between">
            <Text size="sm">{t("stale")}</Text>
            <Button size="compact-sm" variant="default" onClick={refresh}>
              {t("reload")}
            </Button>
          </Group>
        </Alert>
      ) : null}
      <div className={classes.columns}>
        <ProspectFieldsCard view={view} edit={actions.edit} refresh={refresh} />
        <div className={classes.side}>
          <SyncCard
            prospectId={view.id}
            name={name}
            sync={view.sync}
            deleted={view.deletedAt !== null}
            tryAgain={actions.tryAgain}
            refresh={refresh}
          />
          <ListsCard view={view} changeLists={actions.changeLists} refresh={refresh} />
        </div>
        <HistoryCard prospectId={view.id} fields={view.fields} />
      </div>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => trash.run({ ids: [view.id] })}
        title={t("trashTitle", { count: 1 })}
        confirmLabel={t("trash")}
        pending={trash.pending}
        danger
      >
        <Text size="sm">{t("trashText")}</Text>
      </ConfirmDialog>
    </>
  );
}

function subtitle({ values }: ProspectView): string {
  return [values.job_title, values.company].filter(Boolean).join(" · ");
}
