"use client";

import { Alert, Button, Checkbox, Group, Stack, Text } from "@mantine/core";
import { IconHandStop } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Transfer } from "@/services/transfers/read-transfer";
import classes from "./asking-card.module.css";
import type { ItemContext } from "./item-entry";
import { ItemsRead } from "./items-list";
import type { TransferActions } from "./transfer-actions";
import { useTransferAct } from "./use-transfer-act";
import { useTransferItems } from "./use-transfer-items";

type Props = {
  transfer: Transfer;
  path: string;
  context: ItemContext;
  manages: boolean;
  answer: TransferActions["answer"];
  onChanged: () => void;
};

/** What would happen beyond the preview, and the two ways on. Nothing of it has been written. */
export function AskingCard({ transfer, path, context, manages, answer, onChanged }: Props) {
  const t = useTranslations("transfers.asking");
  const [forAll, setForAll] = useState(false);
  const action = useTransferAct(answer, () => {
    // It may ask something else at once, which nobody has ticked that for.
    setForAll(false);
    onChanged();
  });
  const { runId, asked, askedKey } = transfer;
  const items = useTransferItems({ path, filter: { outcome: "asked" }, stamp: askedKey });
  // Nobody answers for records that are not on the screen yet.
  const isShown = items.isSuccess && !items.isPlaceholderData;
  return (
    <section aria-label={t("label")}>
      <Alert
        color="orange"
        classNames={{ body: classes.body, label: classes.title }}
        icon={<IconHandStop size={20} />}
        title={t("title", { count: asked })}
      >
        <Stack gap="sm">
          <Text>{t("text")}</Text>
          <div className={classes.items}>
            <ItemsRead items={items} context={context} empty="" />
          </div>
          {manages ? (
            <Checkbox
              label={t("forAll")}
              checked={forAll}
              onChange={({ currentTarget }) => setForAll(currentTarget.checked)}
            />
          ) : null}
          {manages ? (
            <Group gap="xs">
              <Button
                loading={action.pending}
                disabled={!isShown}
                onClick={() => action.run({ runId, answer: "continue", seen: askedKey, forAll })}
              >
                {t("continue")}
              </Button>
              <Button
                variant="default"
                disabled={action.pending || !isShown}
                onClick={() => action.run({ runId, answer: "leave_out", seen: askedKey, forAll })}
              >
                {t("leaveOut", { count: asked })}
              </Button>
            </Group>
          ) : (
            <Text fw={500}>{t("askAdmin")}</Text>
          )}
        </Stack>
      </Alert>
    </section>
  );
}
