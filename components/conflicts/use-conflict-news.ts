import { notifications } from "@mantine/notifications";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ConflictRow } from "@/services/conflicts/read-page";
import type { ConflictContext } from "./conflict-context";
import { endingOf } from "./shown-pages";
import { useConflictNames } from "./use-conflict-names";
import { useEndingWords } from "./use-ending-words";

const toldAtOnce = 3;
const byPeople: ConflictRow["outcome"][] = ["applied", "apart", "kept"];

/** How the last few conflicts ended, in words. Who was typing a value for one of them is told wherever they look. */
export function useConflictNews(context: ConflictContext, isTypedFor: (id: string) => boolean) {
  const t = useTranslations("conflicts.news");
  const notice = useTranslations("conflicts.notice");
  const endingWords = useEndingWords();
  const { aboutOf } = useConflictNames(context);
  const [news, setNews] = useState<{ id: string; words: string }[]>([]);
  const tell = (before: ConflictRow, now: ConflictRow) => {
    const ending = endingOf(before, now);
    if (!ending) return;
    const name = byPeople.includes(ending) ? now.resolvedBy : null;
    const said = { about: aboutOf(before), outcome: endingWords(now, ending) };
    const words = name ? t("by", { ...said, name }) : t("one", said);
    if (now.closedAt && isTypedFor(now.id))
      notifications.show({
        color: "orange",
        message: notice("typedInVain", { told: words }),
        autoClose: 30_000,
      });
    setNews((all) => [...all.filter(({ id }) => id !== now.id), { id: now.id, words }].slice(-toldAtOnce));
  };
  return { news, tell };
}
