// Who types a value for a conflict that somebody else decides is told so, wherever on the page they are.
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { NextIntlClientProvider } from "next-intl";
import { act } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { useQueue } from "@/components/conflicts/use-queue";
import en from "@/messages/en.json";
import type { ConflictRow, ConflictsView } from "@/services/conflicts/read-page";
import { smallDom } from "../../support/small-dom";
import { contextOf, row } from "./conflict-rows";

/** Of a busy machine. */
const patience = { timeout: 30_000 };

const shown = vi.hoisted(() => ({}) as { queue: ReturnType<typeof useQueue> });
const told = vi.hoisted(() => vi.fn());
vi.mock("@mantine/notifications", () => ({ notifications: { show: told, hide: () => {} } }));
vi.mock("@/components/conflicts/conflict-list", () => ({
  ConflictList: ({ queue }: typeof shown) => {
    shown.queue = queue;
    return null;
  },
}));
vi.mock("@/components/conflicts/conflict-filters", () => ({ ConflictFilters: () => null }));
vi.mock("@/components/ui/page-header", () => ({ PageHeader: () => null }));
vi.mock("next/navigation", () => ({ useSearchParams: () => new URLSearchParams() }));

const [ada, bo] = [row(1, { recordName: "Ada" }), row(2, { recordName: "Bo" })];
const closed = row(1, {
  recordName: "Ada",
  closedAt: "2026-01-02T00:00:00.000Z",
  outcome: "applied",
  resolvedBy: "Rita",
});

function view(conflicts: ConflictRow[], watched: ConflictRow[] = []): ConflictsView {
  const counts = { total: conflicts.length, kinds: {}, mappings: {}, records: {} };
  const counted = { counts, around: counts };
  return { conflicts, next: null, filter: {}, counted, watched, snapshot: "10:10:", held: null };
}

let goes: () => void;
/** What the latest poll asked after. */
let asked = "";
let client: QueryClient;
let close: () => void;
beforeEach(async () => {
  const body = smallDom();
  Object.assign(window, { history: { replaceState: () => {} } });
  told.mockReset();
  const gone = new Promise<void>((resolve) => {
    goes = resolve;
  });
  vi.stubGlobal("fetch", async (path: string) => {
    if (path.includes("changes")) return Response.json({});
    await gone;
    asked = new URLSearchParams(path.split("?")[1]).get("watched") ?? "";
    return Response.json(view([bo], asked ? [closed] : []));
  });
  client = new QueryClient();
  asked = "";
  // Another file may have loaded its parts with those that are stood in for here.
  vi.resetModules();
  const { ConflictsPage } = await import("@/components/conflicts/conflicts-page");
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
            <ConflictsPage initial={view([ada, bo])} asked={{}} context={contextOf()} actions={{} as never} />
          </MantineProvider>
        </QueryClientProvider>
      </NextIntlClientProvider>,
    ),
  );
});
afterEach(() => {
  close();
  vi.unstubAllGlobals();
});

/** Somebody else decides about Ada meanwhile, and the page looks twice: that she has left, and how that came. */
async function type(conflict: ConflictRow) {
  await act(async () => shown.queue.acts.type(conflict, true));
  goes();
  await vi.waitFor(async () => {
    await act(() => client.refetchQueries({ queryKey: ["conflicts-watch"] }));
    expect(asked).toContain(ada.id);
  }, patience);
  expect(shown.queue.conflicts.map(({ id }) => id)).toEqual([bo.id]);
}
const words = () => told.mock.calls.map(([{ message }]) => message);

it("with how it ended and by whom", async () => {
  await type(ada);
  expect(words()).toEqual([
    expect.stringMatching(/^What you were typing is not used.* Ada, .*: Resolved \(Rita\)$/),
  ]);
});

it("and nobody who types for another one", async () => {
  await type(bo);
  expect(words()).toEqual([]);
});
