// A transfer that asks is answered for the records on the screen, and for no others.
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it, vi } from "vitest";
import { AskingCard } from "@/components/transfers/asking-card";
import en from "@/messages/en.json";
import { aTransfer } from "./a-transfer";

vi.mock("next/navigation", () => ({ useRouter: () => ({ refresh() {} }) }));

/** What is on the screen where the records of this key were read. */
function shown(readFor: string): string {
  const client = new QueryClient();
  client.setQueryData(["transfer-items", "/of", { outcome: "asked" }, readFor], {
    pages: [{ items: [], next: null }],
    pageParams: [{}],
  });
  return renderToStaticMarkup(
    <NextIntlClientProvider locale="en" messages={en} timeZone="UTC">
      <QueryClientProvider client={client}>
        <MantineProvider>
          <AskingCard
            transfer={{ ...aTransfer, state: "asking", asked: 2, askedKey: "now" }}
            path="/of"
            context={{ fields: { snov: {}, hubspot: {} } as never, contactUrl: "", ended: false }}
            manages
            answer={async () => ({ ok: true, value: undefined }) as never}
            onChanged={() => {}}
          />
        </MantineProvider>
      </QueryClientProvider>
    </NextIntlClientProvider>,
  );
}

const buttons = (markup: string) =>
  [...markup.matchAll(/<button[^>]*>/g)].map(([button]) => button.includes("disabled"));

// Verifies: R-52
describe("the two answers to a transfer that asks", () => {
  it("can be given once the records are shown that they are about", () => {
    expect(buttons(shown("now"))).toEqual([false, false]);
  });

  it("cannot be given while those of an earlier question are on the screen", () => {
    expect(buttons(shown("before"))).toEqual([true, true]);
  });
});
