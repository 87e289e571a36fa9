import { environmentManager, InfiniteQueryObserver, isServer, QueryClient } from "@tanstack/react-query";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { historyQuery } from "@/components/prospects/history-query";

beforeAll(() => environmentManager.setIsServer(() => false));
afterAll(() => environmentManager.setIsServer(() => isServer));
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("A prospect's history is kept live until somebody reads further back", async () => {
  vi.useFakeTimers();
  const asked = vi.fn(async () => Response.json({ entries: [], next: 7 }));
  vi.stubGlobal("fetch", asked);
  const client = new QueryClient();
  const history = new InfiniteQueryObserver(client, historyQuery("ana"));
  const leave = history.subscribe(() => {});
  await vi.advanceTimersByTimeAsync(8_000);
  expect(asked).toHaveBeenCalledTimes(3);
  await history.fetchNextPage();
  expect(asked).toHaveBeenCalledTimes(4);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toHaveBeenCalledTimes(4);
  leave();
  client.clear();
});
