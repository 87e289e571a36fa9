// What a transfer is called says whether it moves.
import { MantineProvider } from "@mantine/core";
import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { TransferStateBadge } from "@/components/transfers/transfer-state-badge";
import en from "@/messages/en.json";
import { aTransfer } from "./a-transfer";

it("says that one waits, and not that it runs, while its integration may not sync (Verifies: R-52)", () => {
  const shown = (standsStill: boolean) =>
    renderToStaticMarkup(
      <NextIntlClientProvider locale="en" messages={en} timeZone="UTC">
        <MantineProvider>
          <TransferStateBadge transfer={{ ...aTransfer, state: "running", standsStill }} />
        </MantineProvider>
      </NextIntlClientProvider>,
    );
  expect(shown(false)).toContain(">Running<");
  expect(shown(true)).toContain(">Waits<");
  expect(shown(true)).not.toContain("Running");
});
