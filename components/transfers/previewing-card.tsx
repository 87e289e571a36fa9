import { Card, Progress, Text, Title } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { TransferRow } from "@/services/transfers/list-transfers";

/** How far a preview is. How many records there are is known at its end only. */
export function PreviewingCard({ transfer: { preview } }: { transfer: TransferRow }) {
  const t = useTranslations("transfers.previewing");
  return (
    <Card component="section" aria-label={t("title")}>
      <Title order={2}>{t("title")}</Title>
      <Text mt={4} role="status" aria-live="off">
        {t("seen", { count: preview.seen })}
      </Text>
      <Progress value={100} animated mt="sm" aria-label={t("title")} />
      <Text size="sm" c="dimmed" mt="sm">
        {t("leave")}
      </Text>
    </Card>
  );
}
