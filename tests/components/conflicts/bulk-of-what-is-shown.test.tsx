// What is chosen for all that match is about the filter whose conflicts and count are on the screen, whatever has been
// asked for since.
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { NextIntlClientProvider } from "next-intl";
import { act, type ReactNode } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { MatchingInput } from "@/components/conflicts/conflict-actions";
import type { useQueue } from "@/components/conflicts/use-queue";
import en from "@/messages/en.json";
import type { ConflictFilter, ConflictsView } from "@/services/conflicts/read-page";
import { smallDom } from "../../support/small-dom";
import { contextOf, row } from "./conflict-rows";

/** Of a busy machine. */
const patience = { timeout: 30_000 };

type Shown = {
  queue: ReturnType<typeof useQueue>;
  ask: (change: Record<string, string | undefined>) => void;
  buttons: Map<string, () => void>;
  dialog: { opened: boolean; title: string; onConfirm: () => void };
};
const shown = vi.hoisted(() => ({ buttons: new Map() }) as Shown);
vi.mock("@mantine/core", async (original) => ({
  ...(await original<typeof import("@mantine/core")>()),
  Button: ({ children, onClick }: { children: ReactNode; onClick: () => void }) => {
    shown.buttons.set(String(children), onClick);
    return null;
  },
}));
vi.mock("@/components/conflicts/conflict-list", () => ({
  ConflictList: ({ queue }: Pick<Shown, "queue">) => {
    shown.queue = queue;
    return null;
  },
}));
vi.mock("@/components/conflicts/conflict-filters", () => ({
  ConflictFilters: ({ onAsk }: { onAsk: Shown["ask"] }) => {
    shown.ask = onAsk;
    return null;
  },
}));
vi.mock("@/components/ui/confirm-dialog", () => ({
  ConfirmDialog: (dialog: Shown["dialog"]) => {
    shown.dialog = dialog;
    return null;
  },
}));
vi.mock("@/components/ui/page-header", () => ({ PageHeader: () => null }));
vi.mock("next/navigation", () => ({ useSearchParams: () => new URLSearchParams({ field: phone }) }));

const phone = "7b1f0a52-6f0f-4d0a-9d1f-2f6f0a6b1c11";
const rows = [row(1), row(2), row(3)];

function view(total: number, snapshot: string, filter: ConflictFilter): ConflictsView {
  const counts = { total, kinds: { value: total }, mappings: { mapping: total }, records: {} };
  return {
    conflicts: rows,
    next: null,
    filter,
    counted: { counts, around: counts },
    watched: [],
    snapshot,
    held: null,
  } as ConflictsView;
}
const ofPhone = view(12, "10:10:", { mappingId: phone });
const ofAll = view(900, "20:20:", {});

let answer: (view: ConflictsView) => void;
let fail: () => void;
const decided = vi.fn();
let close: () => void;
beforeEach(async () => {
  const body = smallDom();
  Object.assign(window, { history: { replaceState: () => {} } });
  decided.mockReset();
  shown.buttons.clear();
  vi.stubGlobal("fetch", (path: string) =>
    path.includes(phone) || path.includes("changes")
      ? Response.json(path.includes("changes") ? {} : ofPhone)
      : new Promise<Response>((resolve) => {
          answer = (one) => resolve(Response.json(one));
          fail = () => resolve(Response.json({ error: { code: "unexpected" } }, { status: 500 }));
        }),
  );
  const resolveMatching = async (input: MatchingInput) => {
    decided(input);
    return { ok: true, data: { resolutionId: "r", resolved: 12, left: 0, taken: [] } } as const;
  };
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
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
            <ConflictsPage
              initial={ofPhone}
              asked={{ field: phone }}
              context={contextOf()}
              actions={{ resolveMatching } as never}
            />
          </MantineProvider>
        </QueryClientProvider>
      </NextIntlClientProvider>,
    ),
  );
  await act(async () => shown.queue.acts.select(rows[0] as (typeof rows)[0]));
});
afterEach(() => {
  close();
  vi.unstubAllGlobals();
});

/** The buttons are those that the last rendering showed. */
async function press(name: string) {
  const onClick = shown.buttons.get(name);
  if (!onClick) throw new Error(`no button "${name}" among ${[...shown.buttons.keys()]}`);
  shown.buttons.clear();
  await act(async () => onClick());
}
async function ask(change: Record<string, string | undefined>) {
  shown.buttons.clear();
  await act(async () => shown.ask(change));
}
async function untilShown(name: string) {
  await vi.waitFor(async () => {
    await act(async () => new Promise((soon) => setTimeout(soon, 5)));
    expect([...shown.buttons.keys()]).toContain(name);
  }, patience);
}
const take = "HubSpot";

describe("all that match (Verifies: R-62)", () => {
  it("are those of the filter that is shown, while those of another one are being read", async () => {
    await press("Select all 12 that match");
    await ask({ field: undefined });
    await press(nameOfTake());
    expect(shown.dialog).toMatchObject({ opened: true, title: expect.stringContaining("12") });
    await act(async () => shown.dialog.onConfirm());
    expect(decided).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ filter: { mappingId: phone }, snapshot: "10:10:" }),
    );
  });

  it("are taken no more once those of another filter are shown, until they are asked for again", async () => {
    await press("Select all 12 that match");
    await ask({ field: undefined });
    await act(async () => answer(ofAll));
    await untilShown("Select all 900 that match");
    await ask({ field: phone });
    await untilShown("Select all 12 that match");
    await ask({ field: undefined });
    await untilShown("Select all 900 that match");
    await press("Select all 900 that match");
    await press(nameOfTake());
    await act(async () => shown.dialog.onConfirm());
    expect(decided).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ filter: {}, snapshot: "20:20:" }),
    );
  });

  it("are not to be had where what was asked for could not be read", async () => {
    await press("Select all 12 that match");
    await ask({ field: undefined });
    shown.buttons.clear();
    await act(async () => fail());
    await untilShown(en.common.tryAgain);
    expect([...shown.buttons.keys()].filter((name) => name.includes(take))).toEqual([]);
  });
});

function nameOfTake(): string {
  return [...shown.buttons.keys()].find((name) => name.includes(take)) ?? take;
}
