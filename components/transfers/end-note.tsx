import { Text } from "@mantine/core";
import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { DateTime } from "@/components/ui/formatted";
import { TextLink } from "@/components/ui/text-link";
import type { Transfer } from "@/services/transfers/read-transfer";

/** What a preview, or an ended transfer, came to, in a sentence. */
export function EndNote({ transfer }: { transfer: Transfer }) {
  const t = useTranslations("transfers.end");
  const waiting = useTranslations("transfers.waiting");
  const format = useFormatter();
  const { state, allowedAt, finishedAt, reached, total, changed, done, preview } = transfer;
  const { undoes, replacedBy, stoppedFor } = transfer;
  const own = `/settings/integrations/${transfer.integrationId}/transfers`;
  return (
    <Text role="status" aria-live="off" maw="80ch">
      {sentence()}
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

  function sentence(): ReactNode {
    const when = () => (finishedAt ? <DateTime value={finishedAt} /> : null);
    if (state === "previewed" && undoes)
      return t(total ? "undoPreviewed" : "undoNothing", { seen: preview.seen });
    if (state === "previewed")
      return t(total ? "previewed" : "nothing", { seen: preview.seen, count: total });
    if (state === "finished") return t.rich("finished", { count: reached, when });
    if (replacedBy) return t.rich("replaced", { name: replacedBy.name, when });
    if (stoppedFor) {
      const since = format.dateTime(new Date(stoppedFor.since), { dateStyle: "medium", timeStyle: "short" });
      return (
        <>
          {waiting(stoppedFor.kind, { since })} {t.rich(undoes ? "undoStopped" : "stopped", { when })}
        </>
      );
    }
    if (!allowedAt) return t.rich("discarded", { when });
    return t.rich("ended", { done: reached, total, when });
  }
}
