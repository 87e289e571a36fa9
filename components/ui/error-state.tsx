"use client";

import { Alert, Button, Stack } from "@mantine/core";
import { IconAlertCircle } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

type Props = { title?: ReactNode; description: ReactNode; onRetry?: () => void };

/** A place whose content could not be had, and what to do next. */
export function ErrorState({ title, description, onRetry }: Props) {
  const t = useTranslations("common");
  return (
    <Alert color="red" icon={<IconAlertCircle size={20} />} title={title ?? t("somethingWrong")}>
      <Stack gap="sm" align="flex-start">
        {description}
        {onRetry ? (
          <Button variant="default" size="xs" onClick={onRetry}>
            {t("tryAgain")}
          </Button>
        ) : null}
      </Stack>
    </Alert>
  );
}
