// What a person decided about a conflict without a write is told of its record as a decision, and not as a change.
import { MantineProvider } from "@mantine/core";
import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { HistoryEntries } from "@/components/prospects/history-card";
import { WhyChain } from "@/components/prospects/why-chain";
import en from "@/messages/en.json";
import pt from "@/messages/pt-BR.json";
import type { ExplainedChange } from "@/services/prospects/explain-field";
import type { ProspectField } from "@/services/prospects/prospect-fields";

const field = { key: "city", name: "City", kind: "text", options: [] } as unknown as ProspectField;
const delta = { field: "city", label: "City", before: "Lisbon", after: "Lisbon" };
const choice: ExplainedChange = {
  id: 1,
  at: "2026-04-01T10:00:00.000Z",
  side: "snov",
  kind: "conflict/left",
  cause: { kind: "member", userId: "u", name: "Ana", conflictId: "c" },
  delta,
  integrationId: null,
  runId: null,
  accountName: null,
  property: null,
  changedInHubspot: null,
};
const takenBack = {
  kind: "conflict/taken_back",
  cause: { kind: "member", userId: "u", name: "Ana", conflictId: "c", takesBack: true },
} as const;

function words(locale: "en" | "pt-BR", children: ReactNode): string {
  const html = renderToStaticMarkup(
    <NextIntlClientProvider
      locale={locale}
      messages={locale === "en" ? en : pt}
      timeZone="UTC"
      now={new Date("2026-04-01T10:00:00.000Z")}
    >
      <MantineProvider>{children}</MantineProvider>
    </NextIntlClientProvider>,
  );
  return html
    .replace(/<style.*?<\/style>/gs, "")
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ");
}
const why = (locale: "en" | "pt-BR", about: Partial<ExplainedChange>) =>
  words(locale, <WhyChain chain={[{ ...choice, ...about }]} field={field} />);
const history = (locale: "en" | "pt-BR", about: Partial<ExplainedChange>) =>
  words(locale, <HistoryEntries entries={[{ ...choice, changes: [delta], ...about }]} fields={[field]} />);

// Verifies
describe.each([
  ["Why?", why],
  ["the history", history],
] as const)("%s of what was decided without a write", (_, told) => {
  it.each([
    [{}, "Left as it is on both sides", "Deixado como está dos dois lados"],
    [takenBack, "A choice about a conflict was taken back", "Uma escolha sobre um conflito foi desfeita"],
  ])("%o says so, in both languages, and names the value once", (about, english, portuguese) => {
    for (const [locale, sentence] of [
      ["en", english],
      ["pt-BR", portuguese],
    ] as const) {
      const text = told(locale, about);
      expect(text).toContain(sentence);
      expect(text.match(/Lisbon/g)).toHaveLength(1);
      expect(text).not.toMatch(/→|Changed here|Alterado aqui|Settled|Resolveu/);
      expect(text).toContain("Ana");
    }
  });
});

describe("a change that a choice about a conflict led to", () => {
  it("is told with the value before, and that it settled a conflict", () => {
    const text = why("en", { kind: "prospect/edited", delta: { ...delta, before: "Porto" } });
    expect(text).toMatch(/Porto.*→.*Lisbon.*Changed here · Ana.*Settled a conflict/);
  });
});
