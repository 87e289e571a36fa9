"use client";

import { Alert, Anchor, Button, Group, Text } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { TimeAgo } from "@/components/ui/formatted";
import { useAction } from "@/components/ui/use-action";
import type { ActionResult } from "@/services/action-result";
import type { ProspectView } from "@/services/prospects/read-prospect";
import type { RefusedRestore } from "@/services/prospects/restore-prospects";

type Restored = { restored: string[]; refused: RefusedRestore[] };
type Props = {
  view: ProspectView;
  restore: (input: { ids: string[] }) => Promise<ActionResult<Restored>>;
  refresh: () => Promise<unknown>;
};

export function TrashedNotice({ view, restore, refresh }: Props) {
  const t = useTranslations("trash");
  const [refused, setRefused] = useState<RefusedRestore[]>([]);
  const { run, pending } = useAction(restore, {
    onSuccess: async (result) => {
      setRefused(result.refused);
      await refresh();
    },
  });
  return (
    <Alert color="orange" icon={<IconTrash size={20} />} title={t("inTrash")} mb="md">
      <Group justify="space-between" gap="sm">
        <Text size="sm">
          {t("trashedAt")} {view.deletedAt ? <TimeAgo value={view.deletedAt} /> : null}. {t("kept")}
        </Text>
        <Button size="compact-md" variant="default" loading={pending} onClick={() => run({ ids: [view.id] })}>
          {t("restore")}
        </Button>
      </Group>
      {refused.map((one) => (
        <RefusedText key={one.id} refused={one} />
      ))}
    </Alert>
  );
}

/** Why a prospect stayed in the trash, and the way to the one that has its address. */
export function RefusedText({ refused }: { refused: RefusedRestore }) {
  const t = useTranslations("trash");
  return (
    <Text size="sm" mt="xs">
      {t("refused", {
        name: refused.name ?? refused.email,
        email: refused.email,
        holder: refused.holderName ?? refused.email,
      })}{" "}
      <Anchor component={Link} href={`/prospects/${refused.holderId}`} size="sm">
        {t("openHolder")}
      </Anchor>
    </Text>
  );
}
