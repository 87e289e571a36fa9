"use client";

import { Button, Group, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { Side } from "@/sync/side";
import classes from "./conflicts.module.css";

type Props = {
  selected: number;
  /** All of the filter, also those that are not shown. */
  matching: number;
  pending: boolean;
  onTake: (side: Side) => Promise<unknown>;
  onTakeMatching: (side: Side) => Promise<unknown>;
  onClear: () => void;
};

/** The same side for many conflicts at once; all that match are asked about first. */
export function BulkBar({ selected, matching, pending, onTake, onTakeMatching, onClear }: Props) {
  const t = useTranslations("conflicts.bulk");
  const choose = useTranslations("conflicts.choose");
  const [all, setAll] = useState(false);
  const [asked, setAsked] = useState<Side | null>(null);
  const take = (side: Side) => (all ? setAsked(side) : onTake(side));
  const names = { snov: choose("takeSnov"), hubspot: choose("takeHubspot") };
  const confirm = async (side: Side) => {
    await onTakeMatching(side);
    setAsked(null);
    setAll(false);
  };
  return (
    <section className={classes.bulk} aria-label={t("label")}>
      <Group gap="xs">
        <Text size="sm" fw={500} aria-live="polite">
          {t("selected", { count: all ? matching : selected })}
        </Text>
        {!all && matching > selected ? (
          <Button variant="subtle" size="compact-sm" onClick={() => setAll(true)}>
            {t("all", { count: matching })}
          </Button>
        ) : null}
        <Button variant="subtle" size="compact-sm" onClick={onClear}>
          {t("clear")}
        </Button>
      </Group>
      <Group gap="xs">
        <Button size="xs" loading={pending} onClick={() => take("snov")}>
          {t("take", { choice: names.snov })}
        </Button>
        <Button size="xs" loading={pending} onClick={() => take("hubspot")}>
          {t("take", { choice: names.hubspot })}
        </Button>
      </Group>
      <ConfirmDialog
        opened={asked !== null}
        onClose={() => setAsked(null)}
        onConfirm={() => asked && confirm(asked)}
        title={t("allTitle", { count: matching })}
        confirmLabel={asked ? names[asked] : ""}
        pending={pending}
      >
        <Text>{t("allText")}</Text>
      </ConfirmDialog>
    </section>
  );
}
