// What comes of an act on a transfer is shown at once, also to who is refused because somebody else was faster.
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { NextIntlClientProvider } from "next-intl";
import { act, type ReactNode } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { AskingCard } from "@/components/transfers/asking-card";
import type { TransferActions } from "@/components/transfers/transfer-actions";
import { TransferButtons } from "@/components/transfers/transfer-buttons";
import en from "@/messages/en.json";
import { smallDom } from "../../support/small-dom";
import { aTransfer } from "./a-transfer";

type Shown = { children: ReactNode; onClick?: () => unknown };
type Ticked = { checked: boolean; onChange: (event: { currentTarget: { checked: boolean } }) => void };
const shown = vi.hoisted(() => ({ buttons: [] as Shown[], boxes: [] as Ticked[] }));
vi.mock("@mantine/core", async (original) => ({
  ...(await original<object>()),
  Button: (props: Shown) => {
    shown.buttons.push(props);
    return null;
  },
  Checkbox: (props: Ticked) => {
    shown.boxes.push(props);
    return null;
  },
}));
vi.mock("@mantine/notifications", () => ({ notifications: { show: () => {} } }));
vi.mock("next/navigation", () => ({ useRouter: () => ({}) }));

const refused = async () => ({ ok: false as const, error: { code: "out_of_date" as const } });
const actions = {
  allow: refused,
  pause: refused,
  resume: refused,
  cancel: refused,
  answer: refused,
  retry: refused,
  tryAgain: refused,
  undo: refused,
};
const onChanged = vi.fn();
let close: () => void;
afterEach(() => {
  close();
  vi.unstubAllGlobals();
});

async function press(button: string, page: ReactNode) {
  onChanged.mockReset();
  Object.assign(shown, { buttons: [], boxes: [] });
  const body = smallDom();
  const client = new QueryClient();
  client.setQueryData(["transfer-items", "/of", { outcome: "asked" }, ""], {
    pages: [{ items: [], next: null }],
    pageParams: [{}],
  });
  const { createRoot } = await import("react-dom/client");
  const root = createRoot(body);
  close = () => act(() => root.unmount());
  await act(async () =>
    root.render(
      <NextIntlClientProvider locale="en" messages={en} timeZone="UTC">
        <QueryClientProvider client={client}>
          <MantineProvider>{page}</MantineProvider>
        </QueryClientProvider>
      </NextIntlClientProvider>,
    ),
  );
  await act(async () => shown.boxes.at(-1)?.onChange({ currentTarget: { checked: true } }));
  const pressed = shown.buttons.findLast(({ children }) => children === button);
  await act(async () => void (await pressed?.onClick?.()));
  expect(onChanged).toHaveBeenCalledOnce();
}

// Verifies: R-52
it.each([
  ["Transfer 10 records", { state: "previewed" }],
  ["Discard", { state: "previewed" }],
  ["Pause", { state: "running", allowedAt: "2026-01-01T00:00:00.000Z" }],
  ["Resume", { state: "paused", allowedAt: "2026-01-01T00:00:00.000Z" }],
  [
    "Retry 2 failed records",
    { state: "finished", finishedAt: "2026-01-01T00:00:00.000Z", done: { failing: 2 } },
  ],
  ["Try again", { state: "stopped", finishedAt: "2026-01-01T00:00:00.000Z" }],
] as const)("who is refused “%s” is shown how the transfer stands now", async (button, how) => {
  const transfer = { ...aTransfer, ...how };
  await press(button, <TransferButtons transfer={transfer} actions={actions} onChanged={onChanged} />);
});

describe("an answer", () => {
  const context = { fields: { snov: {}, hubspot: {} } as never, contactUrl: "", ended: false };
  const asking = { ...aTransfer, state: "asking" as const, asked: 1 };
  const card = (answer: TransferActions["answer"]) => (
    <AskingCard transfer={asking} path="/of" {...{ context, onChanged, answer }} manages />
  );

  it("that is refused has what is asked now shown", async () => {
    await press("Do it as shown now", card(refused));
  });

  it("for all further records counts for no question that follows, unless that is ticked again", async () => {
    const answer = vi.fn(async () => ({ ok: true as const, data: null }));
    await press("Do it as shown now", card(answer));
    expect(answer).toHaveBeenCalledWith(expect.objectContaining({ forAll: true }));
    expect(shown.boxes.at(-1)?.checked).toBe(false);
  });
});
