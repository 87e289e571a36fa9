// What a comparison calls equal is equal; the rest is counted apart, and what nobody compared is named.

import { MantineProvider } from "@mantine/core";
import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { ComparisonReasons } from "@/components/comparisons/comparison-reasons";
import { ComparisonSentence } from "@/components/comparisons/comparison-sentence";
import en from "@/messages/en.json";
import pt from "@/messages/pt-BR.json";
import type { EndedComparison } from "@/services/reconcile/read-comparisons";

const counts = {
  compared: 12,
  equal: 9,
  arrived: 0,
  oneWay: 2,
  repaired: 1,
  inConflict: 0,
  failing: 0,
  excluded: 0,
  waiting: 0,
};
const comparison: EndedComparison = {
  id: "c",
  startedAt: "2026-01-01T00:00:00.000Z",
  at: "2026-01-01T00:01:00.000Z",
  by: null,
  counts,
  stoppedBy: null,
  reasons: [{ outcome: "one_way", reason: null, count: 2 }],
  notCompared: [],
  interruptions: 0,
};

function shown(locale: "en" | "pt-BR", change: Partial<EndedComparison> = {}) {
  const one = { ...comparison, ...change };
  return renderToStaticMarkup(
    <NextIntlClientProvider locale={locale} messages={locale === "en" ? en : pt} timeZone="UTC">
      <MantineProvider>
        <ComparisonSentence comparison={one} />
        <ComparisonReasons id="i" reasons={one.reasons} />
      </MantineProvider>
    </NextIntlClientProvider>,
  );
}

// Verifies: R-72
describe("a comparison's sentence", () => {
  it("does not call equal what differs by its direction, and leads to those records", () => {
    expect(shown("en")).toContain(
      "9 of 12 equal, 2 equal only as far as the directions let them, 1 repaired.",
    );
    expect(shown("pt-BR")).toContain("9 de 12 iguais, 2 iguais só até onde o sentido permite, 1 corrigido.");
    expect(shown("en")).toContain("/settings/integrations/i/records?status=in_sync&amp;reason=one_way");
  });

  it("says nothing of directions where nothing differs by them", () => {
    expect(shown("en", { counts: { ...counts, equal: 11, oneWay: 0 }, reasons: [] })).toContain(
      "11 of 12 equal, 1 repaired.",
    );
  });

  it("names the fields that nobody compared, in the person's language", () => {
    const notCompared = ["city", "Shoe size"];
    expect(shown("en", { notCompared })).toContain(
      "Not compared, because their field mappings are stopped: City and Shoe size.",
    );
    expect(shown("pt-BR", { notCompared })).toContain(
      "Fora da comparação, porque os mapeamentos estão parados: Cidade e Shoe size.",
    );
  });
});

describe("what was not equal", () => {
  it("is told apart by what is in conflict: fields, or the records themselves", () => {
    const reasons: EndedComparison["reasons"] = [
      { outcome: "in_conflict", reason: null, count: 2 },
      { outcome: "in_conflict", reason: "same_address", count: 1 },
      { outcome: "excluded", reason: "no_email", count: 1 },
    ];
    const lines = (locale: "en" | "pt-BR") => {
      const html = shown(locale, { reasons }).replaceAll(/<style.*?<\/style>/gs, "");
      return [...html.matchAll(/<li.*?<\/li>/gs)].map(([line]) => line.replaceAll(/<[^>]*>/g, ""));
    };
    expect(lines("en")).toEqual([
      "In conflict · Changed on both sides2",
      "In conflict · Same e-mail address1",
      "Excluded · No e-mail address1",
    ]);
    expect(new Set(lines("pt-BR")).size).toBe(3);
  });
});
