// What differs between two values is marked: words of a text, and of several choices those that the other side lacks.
import { MantineProvider } from "@mantine/core";
import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { ConflictValues } from "@/components/conflicts/conflict-values";
import en from "@/messages/en.json";
import type { ConflictRow } from "@/services/conflicts/read-page";
import { contextOf, row } from "./conflict-rows";

const optionsOf = (...labels: string[]) => labels.map((label) => ({ value: `${label[0]}`, label }));
const described = (label: string, ...labels: string[]) => ({
  label,
  type: "choices" as const,
  options: optionsOf(...labels),
});
const context = contextOf({
  fields: {
    snov: { "custom:1": described("Drinks", "coffee", "tea", "water") },
    hubspot: { drinks: described("Drinks", "Kaffee", "Schwarztee", "Milch") },
  },
  mappings: {
    mapping: { snov: "custom:1", hubspot: "drinks", valueMap: { c: "K", t: "S" }, typed: null },
  },
});

/** What is marked, in the order in which it is shown: Snov.io's, then HubSpot's. */
function marked(values: ConflictRow["values"], about: Partial<ConflictRow> = {}): string[] {
  return [...shown(values, about).matchAll(/<mark[^>]*>([^<]*)<\/mark>/g)].map(([, words]) => words ?? "");
}

function shown(values: ConflictRow["values"], about: Partial<ConflictRow> = {}): string {
  return renderToStaticMarkup(
    <NextIntlClientProvider locale="en" messages={en} timeZone="UTC">
      <MantineProvider>
        <ConflictValues
          conflict={row(1, { fields: { snov: "custom:1", hubspot: "drinks" }, values, ...about })}
          context={context}
        />
      </MantineProvider>
    </NextIntlClientProvider>,
  );
}

it("marks of several choices those of each side whose partner the other one lacks", () => {
  expect(marked({ snov: ["c", "t"], hubspot: ["K"] })).toEqual(["tea"]);
  expect(marked({ snov: ["c"], hubspot: ["M", "K"] })).toEqual(["Milch"]);
  expect(marked({ snov: ["t"], hubspot: ["K"] })).toEqual(["tea", "Kaffee"]);
  expect(marked({ snov: ["c", "t"], hubspot: ["S", "K"] })).toEqual([]);
});

it("marks a choice that has no partner, and nothing where nobody knows what is whose partner", () => {
  expect(marked({ snov: ["w", "c"], hubspot: ["K"] })).toEqual(["water"]);
  expect(marked({ snov: ["w"], hubspot: ["K"] }, { mappingId: null })).toEqual([]);
  expect(marked({ snov: ["c"], hubspot: null })).toEqual([]);
});

it("marks the words in which two texts differ", () => {
  const fields = { snov: "job_title", hubspot: "jobtitle" };
  expect(marked({ snov: "Head of Sales", hubspot: "Head of Art" }, { fields })).toEqual(["Sales", "Art"]);
});

it("shows of texts as long as HubSpot takes them what differs and what stands around that", () => {
  const fields = { snov: "job_title", hubspot: "jobtitle" };
  const long = "word ".repeat(6_500);
  const values = { snov: `${long}ours ${long}`, hubspot: `${long}theirs ${long}` };
  expect(marked(values, { fields })).toEqual(["ours", "theirs"]);
  expect(marked({ ...values, snov: "x".repeat(65_000) }, { fields })[0]).toMatch(/^x{400}…$/);
  const html = shown(values, { fields, base: long });
  expect(html).toMatch(/>…[word ]+<mark[^>]*>ours<\/mark>[word ]+…</);
  expect(html.length - html.indexOf("<dl")).toBeLessThan(4_000);
});
