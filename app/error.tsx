"use client";

import { Button } from "@mantine/core";
import { IconAlertCircle } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/ui/empty-state";

type Props = { error: Error & { digest?: string }; reset: () => void };

export default function ErrorPage({ error, reset }: Props) {
  const t = useTranslations("common");
  return (
    <div role="alert">
      <EmptyState
        icon={<IconAlertCircle size={22} stroke={1.6} />}
        title={t("errorTitle")}
        description={error.digest ? t("errorText", { id: error.digest }) : t("errorTextPlain")}
        action={
          <Button variant="default" onClick={reset}>
            {t("tryAgain")}
          </Button>
        }
      />
    </div>
  );
}
