"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";
import type { Failure } from "@/services/action-result";

/** The words for a failure: its reason's text where there is one, else its code's. */
export function useFailureText(): (failure: Pick<Failure, "code" | "reason" | "values">) => string {
  const t = useTranslations("errors");
  return useCallback(
    ({ code, reason, values }) => {
      const key = [reason, code].find((candidate) => candidate && t.has(candidate)) ?? "unexpected";
      return t(key, { id: "", ...values });
    },
    [t],
  );
}
