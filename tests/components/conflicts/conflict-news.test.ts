// What a poll brings is shown on every page that was loaded, and nothing that is loaded meanwhile undoes it.
import { InfiniteQueryObserver, QueryClient } from "@tanstack/react-query";
import { describe, expect, it, vi } from "vitest";
import { type Pages, takeNews, watchedOf } from "@/components/conflicts/conflict-news";
import type { ConflictRow, ConflictsView } from "@/services/conflicts/read-page";
import { row } from "./conflict-rows";

function page(conflicts: ConflictRow[], about: Partial<ConflictsView> = {}): ConflictsView {
  const last = conflicts.at(-1);
  const next = last
    ? { openedAt: last.openedAt, side: last.side, recordId: last.recordId, id: last.id }
    : null;
  return {
    conflicts,
    next,
    filter: {},
    counted: null,
    watched: [],
    snapshot: "10:10:",
    held: null,
    ...about,
  };
}
const rows = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => row(from + at));
const choice = { choice: { kind: "leave" } } as const;
const queryKey = ["conflicts"];

describe("what a poll asks after (Verifies: R-62)", () => {
  it("is what has left, what is being applied, and all that is shown below the first page", () => {
    const pages = [page([row(1), row(2, { resolution: choice })]), page(rows(3, 4))];
    expect(watchedOf(["gone"], pages, 0).ids).toEqual(["gone", "id-002", "id-003", "id-004"]);
  });

  it("takes turns where more is shown than fits, so that none is left out", () => {
    const pages = [page(rows(1, 50)), page(rows(51, 500))];
    const seen = new Set<string>();
    let turn = 0;
    for (let poll = 0; poll < 3; poll += 1) {
      const { ids, nextTurn } = watchedOf(["gone"], pages, turn);
      expect(ids).toHaveLength(200);
      expect(ids[0]).toBe("gone");
      for (const id of ids) seen.add(id);
      turn = nextTurn;
    }
    expect(seen.size).toBe(451);
  });
});

describe("what a poll brings (Verifies: R-63)", () => {
  it("is shown further down as well, and told where it closed by itself", () => {
    const client = new QueryClient();
    const pages = [page(rows(1, 2)), page(rows(3, 4))];
    client.setQueryData<Pages>(queryKey, { pages, pageParams: [{}, {}] });
    const now = [row(3, { revision: 2 }), row(4, { closedAt: "now", outcome: "healed" })];
    const onNews = vi.fn();
    const news = { watched: ["id-003", "id-004"], leaving: new Map(), onNews };
    expect(takeNews(client, queryKey, { fresh: page(rows(1, 2), { watched: now }), ...news })).toBe(true);
    const shown = client.getQueryData<Pages>(queryKey)?.pages.flatMap(({ conflicts }) => conflicts) ?? [];
    expect(shown.map(({ id, revision }) => [id, revision])).toEqual([
      ["id-001", 1],
      ["id-002", 1],
      ["id-003", 2],
    ]);
    expect(onNews).toHaveBeenCalledWith(row(4), now[1]);
    expect(news.leaving.size).toBe(0);
  });

  it("waits while a further page is being read, which would otherwise be put in its place", async () => {
    const client = new QueryClient();
    client.setQueryData<Pages>(queryKey, { pages: [page(rows(1, 2))], pageParams: [{}] });
    let arrive: (read: ConflictsView) => void = () => {};
    const observer = new InfiniteQueryObserver(client, {
      queryKey,
      queryFn: () =>
        new Promise<ConflictsView>((resolve) => {
          arrive = resolve;
        }),
      initialPageParam: {} as Record<string, string>,
      getNextPageParam: () => ({ after: "id-002" }),
      staleTime: Number.POSITIVE_INFINITY,
    });
    const stop = observer.subscribe(() => {});
    const reading = observer.fetchNextPage();
    const leaving = new Map<string, ConflictRow>();
    const news = { fresh: page(rows(2, 2)), watched: [], leaving, onNews: () => {} };
    expect(takeNews(client, queryKey, news)).toBe(false);
    arrive(page(rows(3, 4)));
    await reading;
    expect(takeNews(client, queryKey, news)).toBe(true);
    const ids = client
      .getQueryData<Pages>(queryKey)
      ?.pages.flatMap(({ conflicts }) => conflicts.map(({ id }) => id));
    expect(ids).toEqual(["id-002", "id-003", "id-004"]);
    expect([...leaving.keys()]).toEqual(["id-001"]);
    stop();
  });
});
