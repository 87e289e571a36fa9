// A fixed value stands in "Why?" as the field's type says, in the reader's language.
import { MantineProvider } from "@mantine/core";
import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { WhyOutlook } from "@/components/prospects/why-outlook";
import en from "@/messages/en.json";
import pt from "@/messages/pt-BR.json";
import type { ProspectField } from "@/services/prospects/prospect-fields";
import type { Value } from "@/sync/value";

function told(locale: "en" | "pt-BR", kind: string, value: Value): string {
  const options = [
    { value: "a", label: "Alpha" },
    { value: "b", label: "Beta" },
  ];
  const html = renderToStaticMarkup(
    <NextIntlClientProvider locale={locale} messages={locale === "en" ? en : pt} timeZone="UTC">
      <MantineProvider>
        <WhyOutlook
          integrationId="i"
          accountName="Acme"
          label="Field"
          field={{ key: "field", name: "Field", kind, options } as unknown as ProspectField}
          outlook={{ kind: "constant", value }}
        />
      </MantineProvider>
    </NextIntlClientProvider>,
  );
  return html.replace(/<style.*?<\/style>/gs, "").replace(/<[^>]*>/g, " ");
}

// Verifies: R-90
describe('a fixed value in "Why?"', () => {
  it.each([
    ["boolean", true, /“\s*Yes\s*”/, /“\s*Sim\s*”/],
    ["choices", ["a", "b"], /“\s*Alpha\s+Beta\s*”/, /“\s*Alpha\s+Beta\s*”/],
    ["date", "2026-03-05", /“\s*Mar 5, 2026\s*”/, /“\s*5 de mar\. de 2026\s*”/],
  ] as [string, Value, RegExp, RegExp][])(
    "of the type %s is said in words",
    (kind, value, english, portuguese) => {
      expect(told("en", kind, value)).toMatch(english);
      expect(told("pt-BR", kind, value)).toMatch(portuguese);
    },
  );
});
