// A number means what it says in the language of whoever types it, and it is shown to them in the same way.
import { createFormatter } from "next-intl";
import { expect, it } from "vitest";
import { editedNumber, typedNumber } from "@/components/fields/typed-number";
import { locales } from "@/lib/locales";

it.each([
  ["en", "1,250", "1250"],
  ["en", "1,250,000.5", "1250000.5"],
  ["en", "-12,000", "-12000"],
  ["en", "12,5", "12.5"],
  ["en", "0,125", "0.125"],
  ["en", "1250.5", "1250.5"],
  ["pt-BR", "1.250", "1250"],
  ["pt-BR", "1.250.000,5", "1250000.5"],
  ["pt-BR", "12,5", "12.5"],
  ["pt-BR", "1,250", "1.250"],
  ["pt-BR", "0.125", "0.125"],
  ["pt-BR", "1250.5", "1250.5"],
])("takes in %s %s as %s", (locale, text, value) => {
  expect(typedNumber(text, locale)).toBe(value);
});

it.each(["abc", "1,25,000", "1.2.3", "1,250,", "12 000"])(
  "leaves %s as it was typed, to be refused",
  (text) => {
    for (const locale of locales) expect(typedNumber(text, locale)).toBe(text);
  },
);

it("takes nothing as no value", () => {
  expect(typedNumber("  ", "en")).toBeNull();
});

it.each(locales)(
  "takes in %s every number as the app shows it, and as it is put before who changes it",
  (locale) => {
    const format = createFormatter({ locale });
    for (const value of ["0", "7", "-7", "12.5", "0.125", "999.999", "1250", "1250.125", "1250000.5"]) {
      expect(typedNumber(format.number(Number(value)), locale)).toBe(value);
      expect(typedNumber(editedNumber(value, locale), locale)).toBe(value);
    }
  },
);
