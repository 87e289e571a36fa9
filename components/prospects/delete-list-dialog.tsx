"use client";

import { Alert, Button, Group, Modal, Progress, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { LoadingState } from "@/components/ui/loading-state";
import { TextLink } from "@/components/ui/text-link";
import { fetchJson } from "@/lib/fetch-json";
import type { ListUses } from "@/services/prospects/read-list-uses";
import type { TrashList } from "@/services/prospects/trash-list";

type List = { id: string; name: string; members: number };
type Props = {
  list: List | null;
  onClose: () => void;
  onConfirm: (input: TrashList) => void;
  pending: boolean;
};

/** Asks before a list goes to the trash, and says first what uses it at this moment. */
export function DeleteListDialog({ list, onClose, onConfirm, pending }: Props) {
  const t = useTranslations("lists");
  const common = useTranslations("common");
  return (
    <Modal
      opened={list !== null}
      onClose={onClose}
      title={t("deleteTitle", { name: list?.name ?? "" })}
      closeButtonProps={{ "aria-label": common("close") }}
    >
      {list ? <Content list={list} onClose={onClose} onConfirm={onConfirm} pending={pending} /> : null}
    </Modal>
  );
}

function Content({ list, onClose, onConfirm, pending }: Props & { list: List }) {
  const t = useTranslations("lists");
  const common = useTranslations("common");
  const { data: uses, isPending } = useQuery({
    queryKey: ["list-uses", list.id],
    queryFn: ({ signal }) => fetchJson<ListUses>(`/api/lists/${list.id}/uses`, signal),
    staleTime: 0,
    refetchInterval: 2_000,
  });
  if (isPending) return <LoadingState lines={2} />;
  const held = uses?.integrations ?? [];
  const transfers = uses?.transfers ?? [];
  return (
    <Stack gap="lg">
      {transfers.length ? <TransferAlert transfers={transfers} /> : null}
      {held.map((use) => (
        <Text size="sm" key={use.integrationId}>
          {t.rich(use.receives ? "receives" : "inScope", {
            integration: use.accountName,
            link: (words) => (
              <TextLink href={`/settings/integrations/${use.integrationId}/settings`}>{words}</TextLink>
            ),
          })}
        </Text>
      ))}
      {held.length ? null : <Text size="sm">{t("deleteText", { count: list.members })}</Text>}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose} data-autofocus>
          {held.length ? common("close") : transfers.length ? t("wait") : common("cancel")}
        </Button>
        {held.length ? null : (
          <Button
            color="red"
            loading={pending}
            onClick={() => onConfirm({ id: list.id, despiteTransfer: transfers.length > 0 })}
          >
            {transfers.length ? t("deleteAnyway") : t("deleteConfirm")}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

function TransferAlert({ transfers }: Pick<ListUses, "transfers">) {
  const t = useTranslations("lists.inTransfer");
  return (
    <Alert color="orange" icon={<IconAlertTriangle size={20} />} title={t("title")}>
      <Stack gap="sm">
        <Text size="sm">{t("text")}</Text>
        {transfers.map(({ runId, integrationId, accountName, state, reached, total }) => (
          <div key={runId}>
            <Text size="sm">
              {t.rich(state === "previewing" || state === "previewed" ? state : "progress", {
                account: accountName,
                done: reached,
                total,
                link: (words) => (
                  <TextLink href={`/settings/integrations/${integrationId}/transfers/${runId}`} c="inherit">
                    {words}
                  </TextLink>
                ),
              })}
            </Text>
            {state === "previewing" || state === "previewed" ? null : (
              <Progress value={total ? (100 * reached) / total : 100} mt={6} aria-label={accountName} />
            )}
          </div>
        ))}
      </Stack>
    </Alert>
  );
}
