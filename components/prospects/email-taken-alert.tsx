"use client";

import { Alert, Anchor } from "@mantine/core";
import { IconAlertCircle } from "@tabler/icons-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { Failure } from "@/services/action-result";

/** Names the prospect that has the address, and leads to it. */
export function EmailTakenAlert({ failure }: { failure: Failure }) {
  const t = useTranslations("prospects");
  const errors = useTranslations("errors");
  const { name = "", email = "", prospectId } = failure.values ?? {};
  return (
    <Alert color="red" icon={<IconAlertCircle size={20} />}>
      {errors("prospect_email_taken", { name, email })}{" "}
      {prospectId ? (
        <Anchor component={Link} href={`/prospects/${prospectId}`} target="_blank" size="sm">
          {t("openOther")}
        </Anchor>
      ) : null}
    </Alert>
  );
}
