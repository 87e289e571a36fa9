// A transfer's file calls fields and values as its page does, in the person's language.
import { createTranslator } from "next-intl";
import { expect, it } from "vitest";
import { csvWords } from "@/components/transfers/csv-words";
import type { Texts } from "@/components/ui/texts";
import en from "@/messages/en.json";
import pt from "@/messages/pt-BR.json";

const options = [{ value: "a1", label: "Coffee" }];
const fields = {
  snov: { "custom:1": { label: "Drink", type: "choice" as const, options } },
  hubspot: { jobtitle: { label: "Job title", type: "text" as const, options: [] } },
};

function wordsIn(locale: "en" | "pt-BR", ended = false) {
  const all = createTranslator({ locale, messages: locale === "en" ? en : pt });
  // Of the texts' names any is asked.
  return csvWords({ all: all as unknown as Texts, fields, ended });
}

it("names standard fields in words, and not by their keys (Verifies: R-51, R-90)", () => {
  const names = (locale: "en" | "pt-BR") => {
    const { label } = wordsIn(locale);
    return [
      label("snov", "job_title", "job_title"),
      label("snov", "custom:1", "Old name"),
      label("hubspot", "jobtitle", "jobtitle"),
      label("hubspot", "gone", "Once was"),
    ];
  };
  expect(names("en")).toEqual(["Job title", "Drink", "Job title", "Once was"]);
  expect(names("pt-BR")).toEqual(["Cargo", "Drink", "Job title", "Once was"]);
});

it("names choices, and yes and no, as the page does (Verifies: R-51, R-90)", () => {
  const { value } = wordsIn("en");
  expect(value("snov", "custom:1", "a1")).toBe("Coffee");
  expect(value("snov", "custom:1", ["a1", "a9"])).toEqual(["Coffee", "a9"]);
  expect(value("hubspot", "jobtitle", "a1")).toBe("a1");
  expect(value("snov", "gone", true)).toBe("Yes");
  expect(wordsIn("pt-BR").value("snov", "gone", false)).toBe("Não");
});

it("says of what has not been reached whether it still will be (Verifies: R-52)", () => {
  expect(wordsIn("en").outcome("planned")).toBe("Not yet done");
  expect(wordsIn("en", true).outcome("planned")).toBe("Not done");
  expect(wordsIn("en").reason("field_rejected", { field: "job_title", message: "Too long" })).toBe(
    "Correct Job title. HubSpot refused its value: Too long",
  );
});
