// The way back is offered where there is one: a record that was deleted, brought back or linked cannot be taken back here.
import { MantineProvider } from "@mantine/core";
import { NextIntlClientProvider } from "next-intl";
import { act } from "react";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Choice } from "@/components/conflicts/conflict-actions";
import type { useDeciding } from "@/components/conflicts/use-deciding";
import type { Held } from "@/components/conflicts/waiting-choice";
import en from "@/messages/en.json";
import { smallDom } from "../../support/small-dom";
import { row } from "./conflict-rows";

const told = vi.hoisted(() => vi.fn());
vi.mock("@mantine/notifications", () => ({ notifications: { show: told, hide: () => {} } }));

const removed = row(1, { kind: "removed_and_edited", mappingId: null });
const disputed = row(1, { kind: "same_address" });
const undo = vi.fn();
const answers = [{ conflictId: removed.id, answer: "accepted" }];
const actions = { resolve: async () => ({ ok: true, data: { resolutionId: "r", answers } }), undo } as never;

// Loaded here, as another test in the same process may have loaded it with notifications of its own.
let useTested: typeof useDeciding;
beforeAll(async () => {
  vi.resetModules();
  useTested = (await import("@/components/conflicts/use-deciding")).useDeciding;
});

let deciding: ReturnType<typeof useDeciding>;
function Page({ held }: { held: Held }) {
  deciding = useTested({ integrationId: "i", held }, actions, () => {});
  return null;
}

let show: (held: Held) => Promise<void>;
let close: () => void = () => {};
beforeEach(async () => {
  told.mockReset();
  undo.mockReset().mockResolvedValue({ ok: true, data: {} });
  const body = smallDom();
  const { createRoot } = await import("react-dom/client");
  const root = createRoot(body);
  close = () => act(() => root.unmount());
  show = (held) =>
    act(async () =>
      root.render(
        <NextIntlClientProvider locale="en" messages={en} timeZone="UTC">
          <MantineProvider>
            <Page held={held} />
          </MantineProvider>
        </NextIntlClientProvider>,
      ),
    );
});
afterEach(() => {
  close();
  vi.unstubAllGlobals();
});

async function decide(choice: Choice, about = removed) {
  await act(async () => void (await deciding.decide([about], choice)));
  return told.mock.lastCall?.[0].message;
}

describe("a choice by which a record comes, goes or becomes a pair (Verifies: R-62)", () => {
  it.each(["remove", "bring_back", "link"] as const)(
    "says that %s stays, and a key takes back nothing else",
    async (kind) => {
      await show(null);
      await decide({ kind: "take", side: "snov" });
      expect(await decide({ kind })).toBe("Your choice is being applied. This cannot be taken back here.");
      await act(async () => void deciding.undoLast());
      expect(undo).not.toHaveBeenCalled();
    },
  );

  it("can be taken back while it waits, as every other one can", async () => {
    await show("paused");
    expect(await decide({ kind: "remove" })).toBeTypeOf("object");
    await act(async () => void deciding.undoLast());
    expect(undo).toHaveBeenCalledWith(expect.objectContaining({ resolutionId: "r" }));
    await show(null);
    expect(await decide({ kind: "apart" })).toBeTypeOf("object");
  });
});

describe("a choice about an address that another record has (Verifies: R-62, R-64)", () => {
  it.each([{ kind: "take", side: "hubspot" }, { kind: "leave" }] as Choice[])(
    "says that it stays ($kind), as nothing takes it back",
    async (choice) => {
      await show(null);
      expect(await decide(choice, disputed)).toBe(
        "Your choice is being applied. This cannot be taken back here.",
      );
      await act(async () => void deciding.undoLast());
      expect(undo).not.toHaveBeenCalled();
    },
  );
});
