// Which ways a transfer goes is told as it is chosen.
import { MantineProvider } from "@mantine/core";
import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { DirectionChoice } from "@/components/transfers/direction-choice";
import en from "@/messages/en.json";
import type { IntegrationSettings } from "@/services/integrations/read-settings";

function shown(syncType: IntegrationSettings["syncType"], fromSnov: boolean, fromHubspot: boolean): string {
  return renderToStaticMarkup(
    <NextIntlClientProvider locale="en" messages={en} timeZone="UTC">
      <MantineProvider>
        <DirectionChoice
          syncType={syncType}
          chosen={{ fromSnov, fromHubspot }}
          onChange={() => {}}
          error={null}
        />
      </MantineProvider>
    </NextIntlClientProvider>,
  );
}

it("says that the other direction waits where one is chosen alone, and not of both (Verifies: R-50)", () => {
  const waits = "the other direction waits";
  expect(shown("both", true, true)).not.toContain(waits);
  expect(shown("both", true, false)).toContain(waits);
  expect(shown("both", false, true)).toContain(waits);
  expect(shown("to_hubspot", true, false)).not.toContain(waits);
});
