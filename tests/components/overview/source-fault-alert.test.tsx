// Where the account's day is used up, and only there, the alert offers to have HubSpot asked again at once.
import { MantineProvider } from "@mantine/core";
import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { SourceFaultAlert } from "@/components/overview/source-fault-alert";
import type { SourceFaultKind } from "@/db/schema/source-fault";
import en from "@/messages/en.json";
import pt from "@/messages/pt-BR.json";
import type { Overview } from "@/services/integrations/read-overview";

function shown(kind: SourceFaultKind, locale: "en" | "pt-BR" = "en"): string {
  const pollFault = { kind, since: new Date().toISOString() };
  const arrival = { source: "poll", pollFault, journalFault: null, isPushSilent: false };
  return renderToStaticMarkup(
    <NextIntlClientProvider
      locale={locale}
      messages={locale === "en" ? en : pt}
      timeZone="UTC"
      now={new Date()}
    >
      <MantineProvider>
        <SourceFaultAlert
          arrival={arrival as unknown as Overview["arrival"]}
          state="active"
          refreshFault={null}
          askAgain={<button type="button">the way to ask</button>}
        />
      </MantineProvider>
    </NextIntlClientProvider>,
  );
}

// Verifies: R-74
describe("the alert that HubSpot cannot be searched", () => {
  it("offers to ask again where the day is used up", () => {
    expect(shown("day_used_up")).toMatch(/used up what HubSpot allows it in a day.*the way to ask/);
    expect(shown("day_used_up", "pt-BR")).toMatch(
      /usou tudo o que o HubSpot permite em um dia.*the way to ask/,
    );
  });

  it.each([
    ["day_used_up", false],
    ["moving", false],
    ["asked_to_wait", true],
    ["no_answer", true],
  ] as const)("says of %s whether it is tried every minute: %s", (kind, isTried) => {
    expect(shown(kind).includes("It is tried again every minute.")).toBe(isTried);
    expect(shown(kind, "pt-BR").includes("Antes disso não se tenta de novo.")).toBe(!isTried);
  });

  it.each(["asked_to_wait", "moving", "no_answer"] as const)(
    "offers nothing where that ends by itself: %s",
    (kind) => {
      expect(shown(kind)).toContain('role="alert"');
      expect(shown(kind)).not.toContain("the way to ask");
    },
  );
});
