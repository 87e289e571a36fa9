import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { noticeValues, type WordedNotice } from "@/lib/notice-values";

/** What a notice says, and how its link is called. */
export function useNoticeWords() {
  const t = useTranslations("notices");
  return useCallback(
    (notice: WordedNotice) => {
      const values = noticeValues(notice);
      return {
        title: t(`told.${notice.kind}`, values),
        text: t(`text.${notice.kind}`, values),
        act: t(`act.${notice.kind}`),
      };
    },
    [t],
  );
}
