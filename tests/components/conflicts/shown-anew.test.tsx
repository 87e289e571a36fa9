// A key moves from one conflict to the next: of a long queue only these two are shown anew.
import { MantineProvider } from "@mantine/core";
import { NextIntlClientProvider } from "next-intl";
import { act } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ConflictList } from "@/components/conflicts/conflict-list";
import { useQueue } from "@/components/conflicts/use-queue";
import en from "@/messages/en.json";
import type { ConflictRow } from "@/services/conflicts/read-page";
import { smallDom } from "../../support/small-dom";
import { contextOf, row } from "./conflict-rows";

const shown = vi.hoisted(() => [] as string[]);
vi.mock("@/components/conflicts/conflict-title", () => ({
  ConflictTitle: ({ conflict }: { conflict: ConflictRow }) => {
    shown.push(conflict.id);
    return conflict.recordName;
  },
}));
// They ask the server.
vi.mock("@/components/conflicts/conflict-details", () => ({ ConflictDetails: () => null }));

const context = contextOf();
const none = async () => ({ ok: false as const, error: { code: "internal" as const } });
const actions = { resolve: none, resolveMatching: none, undo: none } as never;
const conflicts = Array.from({ length: 60 }, (_, n) => row(n));

let queue: ReturnType<typeof useQueue>;
function Page() {
  queue = useQueue({ context, actions, conflicts, held: null, onChanged: () => {} });
  return <ConflictList queue={queue} context={context} changesOf={() => undefined} held={null} />;
}

let close: () => void = () => {};
beforeEach(async () => {
  const body = smallDom();
  const { createRoot } = await import("react-dom/client");
  const root = createRoot(body);
  close = () => act(() => root.unmount());
  await act(async () =>
    root.render(
      <NextIntlClientProvider locale="en" messages={en} timeZone="UTC" now={new Date("2026-01-02")}>
        <MantineProvider>
          <Page />
        </MantineProvider>
      </NextIntlClientProvider>,
    ),
  );
});
afterEach(() => {
  close();
  vi.unstubAllGlobals();
});

/** Which are shown anew by it. */
async function by(doing: () => void) {
  shown.length = 0;
  await act(async () => doing());
  return shown.toSorted();
}
const [first, second, third] = conflicts as [ConflictRow, ConflictRow, ConflictRow];

it("shows the one that was left and the one that was reached, and no other", async () => {
  expect(shown.length).toBeGreaterThanOrEqual(conflicts.length);
  await by(() => queue.acts.focus(first));
  expect(await by(() => queue.acts.focus(second))).toEqual([first.id, second.id]);
  expect(await by(() => queue.acts.focus(third))).toEqual([second.id, third.id]);
});

it("shows one alone whose details are opened, and one of several that is selected", async () => {
  await by(() => queue.acts.focus(first));
  await by(() => queue.acts.select(first));
  expect(await by(() => queue.acts.detail(third))).toEqual([third.id]);
  expect(await by(() => queue.acts.select(second))).toEqual([second.id]);
});
