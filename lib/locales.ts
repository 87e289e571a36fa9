export const locales = ["en", "pt-BR"] as const;
export type Locale = (typeof locales)[number];

export const localeCookie = "locale";
export const timeZoneCookie = "time-zone";

/** The person's choice, else the first language of their browser that we speak, else English. */
export function chooseLocale(choice: string | undefined, acceptLanguage: string | null): Locale {
  const chosen = locales.find((locale) => locale === choice);
  if (chosen) return chosen;
  for (const tag of preferredTags(acceptLanguage ?? "")) {
    if (tag === "en" || tag.startsWith("en-")) return "en";
    if (tag === "pt" || tag.startsWith("pt-")) return "pt-BR";
  }
  return "en";
}

export function chooseTimeZone(choice: string | undefined): string {
  if (!choice || !isTimeZone(choice)) return "UTC";
  return new Intl.DateTimeFormat("en", { timeZone: choice }).resolvedOptions().timeZone;
}

/** Whether the runtime knows a time zone by this name. */
export function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: name }));
  } catch {
    return false;
  }
}

function preferredTags(acceptLanguage: string): string[] {
  return acceptLanguage
    .split(",")
    .map((part) => {
      const [tag = "", quality] = part.trim().toLowerCase().split(";q=");
      return { tag, quality: quality ? Number(quality) : 1 };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ tag }) => tag);
}
