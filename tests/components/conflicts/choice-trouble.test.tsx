// A choice that could not be carried out says why, in the words of the side that refused it.
import { MantineProvider } from "@mantine/core";
import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { ChoiceTrouble } from "@/components/conflicts/choice-trouble";
import en from "@/messages/en.json";
import pt from "@/messages/pt-BR.json";
import type { ConflictRow } from "@/services/conflicts/read-page";
import { row } from "./conflict-rows";

function shown(locale: "en" | "pt-BR", about: Partial<ConflictRow>): string {
  return renderToStaticMarkup(
    <NextIntlClientProvider locale={locale} messages={locale === "en" ? en : pt} timeZone="UTC">
      <MantineProvider>
        <ChoiceTrouble conflict={row(1, { outcome: "stopped", ...about })} trouble={undefined} />
      </MantineProvider>
    </NextIntlClientProvider>,
  );
}

// Verifies
describe("a choice that was not carried out", () => {
  it("has HubSpot's sentence where HubSpot refused it and gave one", () => {
    const refused = { stopReason: "refused", detail: { said: "A rule forbids it." } } as const;
    expect(shown("en", refused)).toContain("It says: A rule forbids it.");
    expect(shown("pt-BR", refused)).toContain("Ele diz: A rule forbids it.");
    expect(shown("en", { stopReason: "refused" })).toContain(en.conflictStopped.refused);
  });

  it("does not repeat an earlier sentence where something else stopped it", () => {
    const stopped = { stopReason: "cannot_clear", detail: { said: "A rule forbids it." } } as const;
    expect(shown("en", stopped)).toContain(en.conflictStopped.cannot_clear);
    expect(shown("en", stopped)).not.toContain("A rule");
  });
});
