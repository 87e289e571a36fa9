// A rule is made on what it would settle now, not on what it would have settled when the dialog was last open.
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { NextIntlClientProvider } from "next-intl";
import { act, type ReactNode } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import en from "@/messages/en.json";
import type { RulePreview } from "@/services/conflicts/preview-rule";
import { smallDom } from "../../support/small-dom";
import { contextOf } from "./conflict-rows";

/** Of a busy machine. */
const patience = { timeout: 30_000 };

const shown = vi.hoisted(() => ({ disabled: new Map<string, boolean>() }));
vi.mock("@mantine/core", async (original) => ({
  ...(await original<typeof import("@mantine/core")>()),
  Modal: ({ children }: { children: ReactNode }) => children,
  Radio: Object.assign(() => null, { Group: () => null }),
  Button: ({ children, disabled }: { children: ReactNode; disabled?: boolean }) => {
    shown.disabled.set(String(children), disabled === true);
    return null;
  },
}));

type Answer = { ok: true; data: RulePreview };
let answers: ((answer: Answer) => void)[] = [];
const previewRule = () => new Promise<Answer>((resolve) => answers.push(resolve));
const preview: RulePreview = { open: 2, looked: 2, settled: 2, samples: [] };

let close: () => void = () => {};
let show: (opened: boolean) => Promise<void>;
beforeEach(async () => {
  const body = smallDom();
  const client = new QueryClient();
  answers = [];
  // Another file may have loaded it with the parts that are stood in for here.
  vi.resetModules();
  const { RuleDialog } = await import("@/components/conflicts/rule-dialog");
  const { createRoot } = await import("react-dom/client");
  const root = createRoot(body);
  close = () => {
    act(() => root.unmount());
    client.clear();
  };
  show = (opened) =>
    act(async () =>
      root.render(
        <NextIntlClientProvider locale="en" messages={en} timeZone="UTC" now={new Date("2026-01-02")}>
          <QueryClientProvider client={client}>
            <MantineProvider>
              {opened ? (
                <RuleDialog
                  mappingId="mapping"
                  context={contextOf()}
                  seen="2026-01-01T00:00:00.000Z"
                  held={null}
                  actions={{ previewRule, makeRule: async () => ({ ok: true, data: { updatedAt: "" } }) }}
                  onClose={() => {}}
                  onMade={() => {}}
                />
              ) : null}
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

// Verifies: R-62
it("can be made once what it would settle is known, each time that the dialog is opened", async () => {
  const answer = (place: number) => {
    answers[place]?.({ ok: true, data: preview });
    return untilDisabled(false);
  };
  await show(true);
  await untilDisabled(true);
  await answer(0);
  await show(false);
  await aMoment();
  await show(true);
  await untilDisabled(true);
  await vi.waitFor(() => expect(answers).toHaveLength(2));
  await answer(1);
});

async function untilDisabled(disabled: boolean) {
  await vi.waitFor(async () => {
    await aMoment();
    expect(shown.disabled.get(en.conflicts.rule.make)).toBe(disabled);
  }, patience);
}

function aMoment() {
  return act(async () => new Promise<void>((soon) => setTimeout(soon, 5)));
}
