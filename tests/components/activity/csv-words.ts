import { createTranslator } from "next-intl";
import { csvWords } from "@/components/activity/csv-words";
import type { Texts } from "@/components/ui/texts";
import en from "@/messages/en.json";
import pt from "@/messages/pt-BR.json";

type Given = Parameters<typeof csvWords>[0];

/** What a download says in a language, of fields that are shown so. */
export function wordsIn(locale: "en" | "pt-BR", fields: Given["fields"] = { snov: {}, hubspot: {} }) {
  const messages = locale === "en" ? en : pt;
  const all = createTranslator({ locale, messages });
  const t = createTranslator({ locale, messages, namespace: "activity" });
  // Of the texts' names any is asked.
  return csvWords({ all: all as unknown as Texts, t: t as unknown as Given["t"], fields });
}
