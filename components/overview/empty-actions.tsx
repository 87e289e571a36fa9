"use client";

import { Button, Group } from "@mantine/core";
import { IconExternalLink } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { LinkButton } from "@/components/ui/link-button";

/** Where to make the first change. */
export function EmptyActions({ sandboxUrl }: { sandboxUrl: string | null }) {
  const t = useTranslations("overview.changes");
  return (
    <Group gap="xs" justify="center">
      <LinkButton href="/prospects" variant="default">
        {t("editProspect")}
      </LinkButton>
      {sandboxUrl ? (
        <Button
          component="a"
          href={sandboxUrl}
          target="_blank"
          rel="noreferrer"
          variant="default"
          rightSection={<IconExternalLink size={16} stroke={1.6} />}
        >
          {t("editContact")}
        </Button>
      ) : null}
    </Group>
  );
}
