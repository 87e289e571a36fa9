import { useTranslations } from "next-intl";
import { fieldLabel } from "./shown-label";

/** The name of a standard field in the person's language, else the one it was given. */
export function useFieldLabel(): (key: string, name: string | null) => string {
  const t = useTranslations("fields.standard");
  return (key, name) => fieldLabel(t, key, name);
}
