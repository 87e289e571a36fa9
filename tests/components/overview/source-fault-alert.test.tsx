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

function shown(kind: SourceFaultKind, locale: "en" | "pt-BR" = "en", isStanding = true): string {
  const pollFault = { kind, since: new Date().toISOString(), isStanding };
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

  it("says that it is tried every minute where nothing stands for hours, and only there", () => {
    for (const isStanding of [true, false]) {
      expect(shown("moving", "en", isStanding).includes("It is tried again every minute.")).toBe(!isStanding);
      const inPortuguese = shown("moving", "pt-BR", isStanding);
      expect(inPortuguese.includes("Antes disso não se tenta de novo.")).toBe(isStanding);
    }
  });

  it.each(["asked_to_wait", "moving", "no_answer"] as const)(
    "offers nothing where that ends by itself: %s",
    (kind) => {
      expect(shown(kind)).toContain('role="alert"');
      expect(shown(kind)).not.toContain("the way to ask");
    },
  );
});
