import { useFormatter, useTranslations } from "next-intl";
import { useCallback } from "react";

/** Several fields in one sentence, standard ones in the person's language. */
export function useFieldNames(): (fields: string[]) => string {
  const standard = useTranslations("fields.standard");
  const format = useFormatter();
  return useCallback(
    (fields) => format.list(fields.map((field) => (standard.has(field) ? standard(field) : field))),
    [standard, format],
  );
}
