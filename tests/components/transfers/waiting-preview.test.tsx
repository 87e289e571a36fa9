// A preview that HubSpot keeps waiting says since when and until when, and once it has ended why it has.
import { MantineProvider } from "@mantine/core";
import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { EndNote } from "@/components/transfers/end-note";
import { WaitingNote } from "@/components/transfers/waiting-note";
import en from "@/messages/en.json";
import pt from "@/messages/pt-BR.json";
import type { Transfer } from "@/services/transfers/read-transfer";
import { aTransfer } from "./a-transfer";

const since = "2026-11-29T10:00:00.000Z";
const stopped: Partial<Transfer> = {
  state: "stopped",
  finishedAt: "2026-11-29T10:30:00.000Z",
  stoppedFor: { kind: "no_answer", since },
};

function shown(locale: "en" | "pt-BR", note: ReactNode): string {
  return renderToStaticMarkup(
    <NextIntlClientProvider locale={locale} messages={locale === "en" ? en : pt} timeZone="UTC">
      <MantineProvider>{note}</MantineProvider>
    </NextIntlClientProvider>,
  );
}

// Verifies: R-51
describe("a preview to which HubSpot gives no answer", () => {
  it("says since when it waits and when it ends", () => {
    const waiting = { kind: "no_answer", since, until: null, endsAt: "2026-11-29T10:30:00.000Z" } as const;
    const told = shown("en", <WaitingNote transfer={{ waiting }} overview={undefined} />);
    expect(told).toMatch(/no answer since Nov 29, 2026, 10:00.AM.*still waits at Nov 29, 2026, 10:30.AM/);
  });

  it("says why it has ended, and not that somebody discarded it", () => {
    const told = shown("en", <EndNote transfer={{ ...aTransfer, ...stopped }} />);
    expect(told).toMatch(/no answer since Nov 29, 2026, 10:00.AM\. This preview ended on/);
    expect(told).not.toContain("discarded");
    expect(shown("pt-BR", <EndNote transfer={{ ...aTransfer, ...stopped }} />)).toContain(
      "Esta prévia terminou",
    );
  });
});
