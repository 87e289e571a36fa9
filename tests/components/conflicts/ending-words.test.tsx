// A choice that could not be taken back says why, also once it is found again under the decided ones.
import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { useEndingWords } from "@/components/conflicts/use-ending-words";
import en from "@/messages/en.json";
import pt from "@/messages/pt-BR.json";
import type { ConflictRow } from "@/services/conflicts/read-page";
import { row } from "./conflict-rows";

function Words({ conflict }: { conflict: ConflictRow }) {
  return useEndingWords()(conflict, conflict.outcome ?? "applied");
}

function shown(locale: "en" | "pt-BR", about: Partial<ConflictRow>): string {
  return renderToStaticMarkup(
    <NextIntlClientProvider locale={locale} messages={locale === "en" ? en : pt} timeZone="UTC">
      <Words conflict={row(1, { outcome: "kept", ...about })} />
    </NextIntlClientProvider>,
  );
}

// Verifies
describe("how a choice ended that could not be taken back", () => {
  it("has the reason of its own, and claims no other one where none is known", () => {
    expect(shown("en", { stopReason: "changed" })).toContain(en.conflictStays.changed);
    expect(shown("en", { stopReason: "rule" })).toContain(en.conflictStays.rule);
    expect(shown("pt-BR", { stopReason: "address_taken" })).toContain(pt.conflictStays.address_taken);
    expect(shown("en", {})).toBe(en.conflictOutcome.kept);
  });

  it("has HubSpot's sentence where HubSpot refused what was there before", () => {
    const refused = { stopReason: "refused", detail: { said: "A rule forbids it." } } as const;
    expect(shown("en", refused)).toContain("It says: A rule forbids it.");
    expect(shown("pt-BR", refused)).toContain("Ele diz: A rule forbids it.");
  });
});
