import { noticePath } from "@/lib/notice-path";
import type { UnreadNotice } from "@/services/telling/read-notices";

/** The unread notices that lead to this page and were not marked as read on it since they became news. */
export function unmarkedHere(
  unread: UnreadNotice[],
  pathname: string,
  marked: ReadonlySet<string>,
): UnreadNotice[] {
  return unread.filter(
    (notice) => noticePath(notice).split("?")[0] === pathname && !marked.has(newsKey(notice)),
  );
}

export const newsKey = ({ id, newsAt }: UnreadNotice): string => `${id} ${newsAt}`;
