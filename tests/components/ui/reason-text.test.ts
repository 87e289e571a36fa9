// Why a record is as it is names the field that it is about, in the person's language.
import { createTranslator } from "next-intl";
import { expect, it } from "vitest";
import { reasonText } from "@/components/ui/reason-text";
import en from "@/messages/en.json";
import pt from "@/messages/pt-BR.json";

function said(locale: "en" | "pt-BR", reason: string, detail: Record<string, string>): string {
  const messages = locale === "en" ? en : pt;
  const reasons = createTranslator({ locale, messages, namespace: "recordReason" });
  const standard = createTranslator({ locale, messages, namespace: "fields.standard" });
  type Texts = Parameters<typeof reasonText>[0]["reasons"];
  return reasonText(
    { reasons: reasons as unknown as Texts, standard: standard as unknown as Texts },
    reason,
    detail,
  );
}

it("what was undone names its field, and says it of the record where the whole of it was", () => {
  expect(said("en", "undone", { field: "job_title", value: "" })).toMatch(
    /^A change of Job title was undone/,
  );
  expect(said("pt-BR", "undone", { field: "job_title", value: "" })).toMatch(
    /^Uma alteração de Cargo foi desfeita/,
  );
  expect(said("en", "undone", { field: "Shoe size" })).toContain("Shoe size");
  expect(said("en", "undone", {})).toMatch(/^What had been brought over was undone/);
});

it("a reason without a text of its own is told as one that nobody expected", () => {
  expect(said("en", "never heard of", { field: "City" })).toBe(said("en", "unexpected", {}));
});
