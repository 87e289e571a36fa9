"use client";

import { Button, Card, Group, Text, Title } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { Transfer } from "@/services/transfers/read-transfer";
import type { ItemContext } from "./item-entry";
import { ItemsList } from "./items-list";

type Props = { transfer: Transfer; path: string; context: ItemContext };

/** The records of which a value that is there would be replaced or emptied, apart from all others. */
export function OverwritesCard({ transfer, path, context }: Props) {
  const t = useTranslations("transfers.overwrites");
  const items = useTranslations("transfers.items");
  const { overwrites } = transfer.preview;
  return (
    <Card component="section" aria-label={t("title")}>
      <Group justify="space-between">
        <Title order={2}>{t("title")}</Title>
        {overwrites ? (
          <Button
            component="a"
            href={`${path}/csv?overwrites=true`}
            variant="default"
            size="xs"
            leftSection={<IconDownload size={16} stroke={1.6} />}
          >
            {items("download")}
          </Button>
        ) : null}
      </Group>
      <Text size="sm" c="dimmed" mt={4} mb={overwrites ? "sm" : 0}>
        {t("text", { count: overwrites })}
      </Text>
      {overwrites ? (
        <ItemsList
          path={path}
          filter={{ overwrites: "true" }}
          context={context}
          stamp={transfer.state}
          empty={items("none")}
        />
      ) : null}
    </Card>
  );
}
