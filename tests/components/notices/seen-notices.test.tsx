// Whoever is where a notice leads has read it, also where that could not be saved at once.
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { NextIntlClientProvider } from "next-intl";
import { act } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { SeenNotices } from "@/components/notices/seen-notices";
import type { MarkReadAction } from "@/components/notices/use-notices";
import { noticePath } from "@/lib/notice-path";
import en from "@/messages/en.json";
import type { UnreadNotice } from "@/services/telling/read-notices";
import { smallDom } from "../../support/small-dom";

const notice: UnreadNotice = {
  id: "n",
  kind: "conflicts_waiting",
  integrationId: "i",
  runId: null,
  newsAt: "2026-01-01 00:00:00+00",
};
vi.mock("next/navigation", () => ({ usePathname: () => noticePath(notice).split("?")[0] }));

const markRead = vi.fn<MarkReadAction>();
let unread: UnreadNotice[];
let close: () => void = () => {};
async function open() {
  const body = smallDom();
  const client = new QueryClient();
  const { createRoot } = await import("react-dom/client");
  const root = createRoot(body);
  close = () => {
    act(() => root.unmount());
    client.clear();
  };
  await act(async () =>
    root.render(
      <NextIntlClientProvider locale="en" messages={en} timeZone="UTC" now={new Date("2026-01-02")}>
        <QueryClientProvider client={client}>
          <MantineProvider>
            <SeenNotices workspaceId="w" markRead={markRead} />
          </MantineProvider>
        </QueryClientProvider>
      </NextIntlClientProvider>,
    ),
  );
  await pass(0);
}
const pass = (ms: number) => act(async () => void (await vi.advanceTimersByTimeAsync(ms)));

beforeEach(() => {
  vi.useFakeTimers();
  unread = [notice];
  vi.stubGlobal("fetch", async () => Response.json({ unread, count: unread.length }));
});
afterEach(() => {
  close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  markRead.mockReset();
});

// Verifies: R-79
describe("a notice that was arrived at", () => {
  it.each([
    [
      "the server says that it could not be saved",
      async () => ({ ok: false, error: { code: "unexpected" } }),
    ],
    [
      "the server is out of reach",
      async () => {
        throw new Error("no answer");
      },
    ],
  ] as [string, MarkReadAction][])(
    "is marked as read later where %s, and then no more",
    async (_, failing) => {
      markRead.mockImplementationOnce(failing);
      markRead.mockImplementation(async () => {
        unread = [];
        return { ok: true, data: null };
      });
      await open();
      expect(markRead).toHaveBeenCalledTimes(1);
      await pass(30_000);
      expect(markRead).toHaveBeenCalledTimes(2);
      expect(markRead).toHaveBeenLastCalledWith({ ids: ["n"] });
      await pass(120_000);
      expect(markRead).toHaveBeenCalledTimes(2);
    },
  );
});
