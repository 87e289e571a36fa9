import { useTranslations } from "next-intl";
import { useCallback } from "react";

/** Why one record is failing or excluded, as a sentence. Standard fields are named in the person's language. */
export function useReasonText(): (reason: string, detail: Record<string, string>) => string {
  const t = useTranslations("recordReason");
  const standard = useTranslations("fields.standard");
  return useCallback(
    (reason, detail) => {
      const { field = "", ...rest } = detail;
      const named = standard.has(field) ? standard(field) : field;
      return t(t.has(reason) ? reason : "unexpected", {
        value: "",
        message: "",
        side: "",
        ...rest,
        field: named,
      });
    },
    [t, standard],
  );
}
