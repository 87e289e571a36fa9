"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";

/** A Snov.io field's name: a text for a standard field, its own for a custom one. */
export function useSnovFieldName(): (key: string, label: string | null) => string {
  const t = useTranslations("fields.standard");
  const mapping = useTranslations("mapping");
  return useCallback((key, label) => label || (t.has(key) ? t(key) : mapping("deletedField")), [t, mapping]);
}
