import { Alert } from "@mantine/core";
import { IconArrowsSplit2 } from "@tabler/icons-react";
import { useFormatter, useTranslations } from "next-intl";
import type { Transfer } from "@/services/transfers/read-transfer";

/** Before a transfer is allowed: where else its records go from Snov.io, and what that means for its undo. */
export function OnwardNote({ transfer: { onward } }: { transfer: Transfer }) {
  const t = useTranslations("transfers.onward");
  const format = useFormatter();
  if (!onward.length) return null;
  return (
    <Alert color="orange" icon={<IconArrowsSplit2 size={20} />} title={t("title")}>
      {t("text", { accounts: format.list(onward), count: onward.length })}
    </Alert>
  );
}
