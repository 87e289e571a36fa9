import { useTranslations } from "next-intl";

/** The name of a standard field in the person's language, else the one it was given. */
export function useFieldLabel(): (key: string, name: string | null) => string {
  const t = useTranslations("fields.standard");
  return (key, name) => (t.has(key) ? t(key) : (name ?? key));
}
