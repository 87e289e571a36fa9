import { Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { DateTime } from "@/components/ui/formatted";
import { TextLink } from "@/components/ui/text-link";
import type { Transfer } from "@/services/transfers/read-transfer";

/** What a preview, or an ended transfer, came to, in a sentence. */
export function EndNote({ transfer }: { transfer: Transfer }) {
  const t = useTranslations("transfers.end");
  const { state, allowedAt, finishedAt, reached, total, changed, done, preview, undoes, replacedBy } =
    transfer;
  const own = `/settings/integrations/${transfer.integrationId}/transfers`;
  return (
    <Text role="status" aria-live="off" maw="80ch">
      {sentence()} {finishedAt ? <DateTime value={finishedAt} /> : null}
      {replacedBy ? (
        <Text span display="block">
          <TextLink href={`${own}/${replacedBy.runId}`}>{t("theOther")}</TextLink>
        </Text>
      ) : null}
      {state === "cancelled" && allowedAt && done.failing && !undoes ? (
        <Text span display="block">
          {t("cancelledFailures", { count: done.failing })}
        </Text>
      ) : null}
      {changed ? (
        <Text span c="dimmed" display="block">
          {t("changed", { count: changed })}
        </Text>
      ) : null}
    </Text>
  );

  function sentence(): string {
    if (state === "previewed" && undoes)
      return t(total ? "undoPreviewed" : "undoNothing", { seen: preview.seen });
    if (state === "previewed")
      return t(total ? "previewed" : "nothing", { seen: preview.seen, count: total });
    if (state === "finished") return t("finished", { count: reached });
    if (replacedBy) return t("replaced", { name: replacedBy.name });
    if (!allowedAt) return t("discarded");
    return t("ended", { done: reached, total });
  }
}
