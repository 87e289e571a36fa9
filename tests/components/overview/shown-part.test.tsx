// A list of records shows long texts in part, and that part in which they differ.
import { MantineProvider } from "@mantine/core";
import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { shownPart } from "@/components/overview/shown-part";
import { ItemChanges } from "@/components/transfers/item-changes";
import en from "@/messages/en.json";

const long = "word ".repeat(13_000);

describe("a value in a list of records (Verifies: R-51)", () => {
  it("is shown as it is where it is no long text", () => {
    for (const value of ["x".repeat(400), null, true, ["a".repeat(500)]])
      expect(shownPart(value, "other")).toEqual(value);
  });

  it("is shown by its begin where nothing stands beside it, or the same", () => {
    for (const beside of [null, "", long]) {
      const part = String(shownPart(long, beside));
      expect(part).toHaveLength(401);
      expect(part).toMatch(/^word word .*…$/);
    }
  });

  it("is shown where it differs from what stands beside it", () => {
    const other = `${long.slice(0, 40_000)}CHANGED${long.slice(40_000)}`;
    expect(shownPart(other, long)).toMatch(/^….{30,50}CHANGED.*…$/);
    expect(shownPart(`${long}END`, long)).toMatch(/^….*word END$/);
    expect(shownPart(long, `${long}END`)).toMatch(/^….*word $/);
  });

  it("makes no page of texts as long as HubSpot takes them", () => {
    const change = {
      side: "hubspot" as const,
      field: "message",
      label: "Message",
      before: null,
      after: long,
    };
    const markup = renderToStaticMarkup(
      <NextIntlClientProvider locale="en" messages={en} timeZone="UTC">
        <MantineProvider>
          <ItemChanges changes={[change]} fields={{ snov: {}, hubspot: {} }} />
        </MantineProvider>
      </NextIntlClientProvider>,
    );
    expect(markup).toContain("word word");
    expect(markup.length - markup.indexOf("<table")).toBeLessThan(2_000);
  });
});
