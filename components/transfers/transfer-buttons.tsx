"use client";

import { Button, Text } from "@mantine/core";
import { IconPlayerPause, IconPlayerPlay, IconRefresh } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { LinkButton } from "@/components/ui/link-button";
import type { Transfer } from "@/services/transfers/read-transfer";
import type { TransferActions } from "./transfer-actions";
import { hasEnded, mayRetry } from "./transfer-phase";
import { AllowUndoButton, StartUndoButton } from "./undo-buttons";
import { useTransferAct } from "./use-transfer-act";

type Props = { transfer: Transfer; actions: TransferActions; onChanged: () => void };

/** What an owner or admin can do with a transfer at this moment. */
export function TransferButtons({ transfer, actions, onChanged }: Props) {
  const t = useTranslations("transfers.buttons");
  const { runId, integrationId, state, total, done, undoes, allowedAt } = transfer;
  const allow = useTransferAct(actions.allow, onChanged);
  const pause = useTransferAct(actions.pause, onChanged);
  const resume = useTransferAct(actions.resume, onChanged);
  const retry = useTransferAct(actions.retry, onChanged);
  const tryAgain = useTransferAct(actions.tryAgain, onChanged);
  if (hasEnded(transfer))
    return (
      <>
        {mayRetry(transfer) ? (
          <Button
            leftSection={<IconRefresh size={16} stroke={1.6} />}
            loading={retry.pending}
            onClick={() => retry.run({ runId })}
          >
            {t("retry", { count: done.failing ?? 0 })}
          </Button>
        ) : null}
        {state === "stopped" && !allowedAt ? (
          <Button
            leftSection={<IconRefresh size={16} stroke={1.6} />}
            loading={tryAgain.pending}
            onClick={() => tryAgain.run({ runId })}
          >
            {t("tryAgain")}
          </Button>
        ) : null}
        <StartUndoButton transfer={transfer} undo={actions.undo} />
        <LinkButton href={`/settings/integrations/${integrationId}/transfers/new`} variant="default">
          {t("another")}
        </LinkButton>
      </>
    );
  return (
    <>
      {state === "previewed" && total && undoes ? (
        <AllowUndoButton transfer={transfer} allow={actions.allow} onChanged={onChanged} />
      ) : null}
      {state === "previewed" && total && !undoes ? (
        <Button loading={allow.pending} onClick={() => allow.run({ runId })}>
          {t("allow", { count: total })}
        </Button>
      ) : null}
      {state === "running" ? (
        <Button
          variant="default"
          leftSection={<IconPlayerPause size={16} stroke={1.6} />}
          loading={pause.pending}
          onClick={() => pause.run({ runId })}
        >
          {t("pause")}
        </Button>
      ) : null}
      {state === "paused" ? (
        <Button
          leftSection={<IconPlayerPlay size={16} stroke={1.6} />}
          loading={resume.pending}
          onClick={() => resume.run({ runId })}
        >
          {t("resume")}
        </Button>
      ) : null}
      <CancelButton transfer={transfer} cancel={actions.cancel} onChanged={onChanged} />
    </>
  );
}

/** A preview is discarded at once, for it has done nothing; a transfer asks first. */
function CancelButton({
  transfer,
  cancel,
  onChanged,
}: Pick<Props, "transfer" | "onChanged"> & { cancel: TransferActions["cancel"] }) {
  const t = useTranslations("transfers.buttons");
  const [asking, setAsking] = useState(false);
  const close = () => setAsking(false);
  const action = useTransferAct(cancel, () => {
    close();
    onChanged();
  });
  const { runId, allowedAt, reached, total, undoes } = transfer;
  const label = t(undoes ? "cancelUndo" : "cancel");
  if (!allowedAt)
    return (
      <Button variant="default" loading={action.pending} onClick={() => action.run({ runId })}>
        {t("discard")}
      </Button>
    );
  return (
    <>
      <Button variant="subtle" color="red" onClick={() => setAsking(true)}>
        {label}
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={close}
        onConfirm={() => action.run({ runId })}
        title={t(undoes ? "cancelUndoTitle" : "cancelTitle")}
        confirmLabel={label}
        keepLabel={t("cancelKeep")}
        pending={action.pending}
        danger
      >
        <Text>{t("cancelText", { done: reached, left: total - reached })}</Text>
      </ConfirmDialog>
    </>
  );
}
