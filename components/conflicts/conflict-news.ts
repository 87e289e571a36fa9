import type { InfiniteData, QueryClient, QueryKey } from "@tanstack/react-query";
import type { ConflictRow, ConflictsView } from "@/services/conflicts/read-page";
import { leftBetween, shownPages } from "./shown-pages";

export type Pages = InfiniteData<ConflictsView, Record<string, string>>;

/** As many as one poll may ask after; more would not fit in an address. */
const watchedAtOnce = 200;

/**
 * Which conflicts a poll asks after, beside the first page, which it reads anyway: those that have left, those whose
 * choice is being applied, the longest open first, and then what is shown further down, in turns where that is more.
 */
export function watchedOf(
  leaving: string[],
  pages: ConflictsView[],
  turn: number,
): { ids: string[]; nextTurn: number } {
  const applying = pages.flatMap(({ conflicts }) =>
    conflicts.filter(({ resolution }) => resolution).map(({ id }) => id),
  );
  const first = [...new Set([...leaving, ...applying])].slice(0, watchedAtOnce);
  const others = pages
    .slice(1)
    .flatMap(({ conflicts }) => conflicts.map(({ id }) => id))
    .filter((id) => !first.includes(id));
  const begin = others.length ? turn % others.length : 0;
  const inTurn = [...others.slice(begin), ...others.slice(0, begin)].slice(0, watchedAtOnce - first.length);
  return { ids: [...first, ...inTurn], nextTurn: begin + inTurn.length };
}

type Polled = {
  fresh: ConflictsView;
  /** What the poll had asked after. */
  watched: string[];
  /** By their ids; those that were asked after are taken out, and those that have left since then put in. */
  leaving: Map<string, ConflictRow>;
  onNews: (before: ConflictRow, now: ConflictRow) => void;
};

/**
 * Shows what a poll has brought. Not while pages are being read: they would be put in place of it once they have come.
 * Whether it was shown.
 */
export function takeNews(
  client: QueryClient,
  queryKey: QueryKey,
  { fresh, watched, leaving, onNews }: Polled,
): boolean {
  const state = client.getQueryState<Pages>(queryKey);
  const data = state?.data;
  if (!data || state.fetchStatus !== "idle") return false;
  const before = new Map(data.pages.flatMap(({ conflicts }) => conflicts.map((row) => [row.id, row])));
  const pages = shownPages(data.pages, fresh);
  for (const row of leftBetween(data.pages, pages)) leaving.set(row.id, row);
  for (const now of fresh.watched) {
    const was = leaving.get(now.id) ?? before.get(now.id);
    if (was) onNews(was, now);
  }
  for (const id of watched) leaving.delete(id);
  client.setQueryData<Pages>(queryKey, { pages, pageParams: data.pageParams.slice(0, pages.length) });
  return true;
}
