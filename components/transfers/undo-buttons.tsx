"use client";

import { Button, Text } from "@mantine/core";
import { IconArrowBackUp } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useAction } from "@/components/ui/use-action";
import type { Transfer } from "@/services/transfers/read-transfer";
import type { TransferActions } from "./transfer-actions";
import { useTransferAct } from "./use-transfer-act";

/** Shows what undoing an ended transfer would do; nothing where it has been undone, or is an undo itself. */
export function StartUndoButton({ transfer, undo }: { transfer: Transfer; undo: TransferActions["undo"] }) {
  const t = useTranslations("transfers.buttons");
  const router = useRouter();
  const { runId, integrationId, allowedAt, undoes, undoneBy, reached, hasWritten } = transfer;
  const start = useAction(undo, {
    onSuccess: (started) => router.push(`/settings/integrations/${integrationId}/transfers/${started.runId}`),
  });
  const wasUndone = undoneBy !== null && undoneBy.state !== "cancelled";
  if (!allowedAt || !(reached || hasWritten) || undoes || wasUndone) return null;
  return (
    <Button
      variant="default"
      leftSection={<IconArrowBackUp size={16} stroke={1.6} />}
      loading={start.pending}
      onClick={() => start.run({ runId })}
    >
      {t("undo")}
    </Button>
  );
}

type AllowProps = { transfer: Transfer; allow: TransferActions["allow"]; onChanged: () => void };

/** Lets a previewed undo happen, after a last question. */
export function AllowUndoButton({ transfer, allow, onChanged }: AllowProps) {
  const t = useTranslations("transfers.buttons");
  const [asking, setAsking] = useState(false);
  const close = () => setAsking(false);
  const action = useTransferAct(allow, () => {
    close();
    onChanged();
  });
  const { runId, total, preview, undoes } = transfer;
  const of = undoes?.kind ?? "transfer";
  const { fields = 0, takeBack = { snov: 0, hubspot: 0 } } = preview.undo ?? {};
  return (
    <>
      <Button onClick={() => setAsking(true)}>{t("allowUndo", { count: total })}</Button>
      <ConfirmDialog
        opened={asking}
        onClose={close}
        onConfirm={() => action.run({ runId })}
        title={t("allowUndoTitle", { of })}
        confirmLabel={t("allowUndoConfirm", { of })}
        keepLabel={t("allowUndoKeep")}
        pending={action.pending}
      >
        <Text>{t("allowUndoText", { of, fields, records: takeBack.snov + takeBack.hubspot })}</Text>
      </ConfirmDialog>
    </>
  );
}
