// Each field that a preview counts is called as its side calls it.
import { MantineProvider } from "@mantine/core";
import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { FieldsCard } from "@/components/transfers/fields-card";
import en from "@/messages/en.json";
import { aTransfer } from "./a-transfer";

// Verifies: R-51
it("names fields of one name apart, by their sides' names, and what is mapped no more as it was counted", () => {
  const named = (label: string) => ({ label, type: "text" as const, options: [] });
  const counted = { "snov:city": 4, "snov:custom:1": 3, "hubspot:city_2": 2, "hubspot:gone": 1 };
  const markup = renderToStaticMarkup(
    <NextIntlClientProvider locale="en" messages={en} timeZone="UTC">
      <MantineProvider>
        <FieldsCard
          transfer={{ ...aTransfer, preview: { ...aTransfer.preview, fields: counted } }}
          fields={{ snov: { "custom:1": named("city") }, hubspot: { city_2: named("Second city") } }}
        />
      </MantineProvider>
    </NextIntlClientProvider>,
  );
  const text = markup.replaceAll(/<style.*?<\/style>/gs, "").replaceAll(/<[^>]*>/g, "|");
  expect(text.match(/\|(City|city|Second city|gone)\|/g)).toEqual([
    "|City|",
    "|city|",
    "|Second city|",
    "|gone|",
  ]);
});
