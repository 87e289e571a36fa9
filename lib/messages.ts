import type { Locale } from "./locales";

const loaders = {
  en: () => import("@/messages/en.json"),
  "pt-BR": () => import("@/messages/pt-BR.json"),
} satisfies Record<Locale, () => Promise<unknown>>;

/** Every text, in one language. */
export async function loadMessages(locale: Locale) {
  return (await loaders[locale]()).default;
}
