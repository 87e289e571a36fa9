"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";
import type { Failure } from "@/services/action-result";

/** The words for a failure: its reason's text where there is one, else its code's; and HubSpot's reference. */
export function useFailureText(): (
  failure: Pick<Failure, "code" | "reason" | "values" | "reference">,
) => string {
  const t = useTranslations("errors");
  const common = useTranslations("common");
  return useCallback(
    ({ code, reason, values, reference }) => {
      const key = [reason, code].find((candidate) => candidate && t.has(candidate)) ?? "unexpected";
      const words = t(key, { id: "", ...values });
      return reference ? `${words} ${common("hubspotReference", { reference })}` : words;
    },
    [t, common],
  );
}
