import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { reasonText } from "./reason-text";

/** Why one record is failing or excluded, as a sentence. Standard fields are named in the person's language. */
export function useReasonText(): (reason: string, detail: Record<string, string>) => string {
  const reasons = useTranslations("recordReason");
  const standard = useTranslations("fields.standard");
  return useCallback(
    (reason, detail) => reasonText({ reasons, standard }, reason, detail),
    [reasons, standard],
  );
}
