"use client";

import { Button, Group, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { ConflictRow } from "@/services/conflicts/read-page";
import type { Choice } from "./conflict-actions";
import classes from "./conflicts.module.css";
import { groupChoices, groupOf } from "./kind-choices";

type Props = {
  /** All of one group. */
  selected: [ConflictRow, ...ConflictRow[]];
  /** All of the group and the filter, also those that are not shown. */
  matching: number;
  pending: boolean;
  onChoose: (choice: Choice) => Promise<unknown>;
  onChooseMatching: (choice: Choice) => Promise<unknown>;
  onClear: () => void;
};

/** The same choice for many conflicts at once; all that match, and deletions, are asked about first. */
export function BulkBar({ selected, matching, pending, onChoose, onChooseMatching, onClear }: Props) {
  const t = useTranslations("conflicts.bulk");
  const nameOf = useChoiceName();
  const [all, setAll] = useState(false);
  const [asked, setAsked] = useState<Choice | null>(null);
  const group = groupOf(selected[0]);
  const count = all ? matching : selected.length;
  const choose = (choice: Choice) => (all || choice.kind === "remove" ? setAsked(choice) : onChoose(choice));
  const confirm = async (choice: Choice) => {
    await (all ? onChooseMatching(choice) : onChoose(choice));
    setAsked(null);
    setAll(false);
  };
  return (
    <section className={classes.bulk} aria-label={t("label")}>
      <Group gap="xs">
        <Text size="sm" fw={500} aria-live="polite">
          {t("selected", { count })}
        </Text>
        {!all && matching > selected.length ? (
          <Button variant="subtle" size="compact-sm" onClick={() => setAll(true)}>
            {t("all", { count: matching })}
          </Button>
        ) : null}
        <Button variant="subtle" size="compact-sm" onClick={onClear}>
          {t("clear")}
        </Button>
      </Group>
      <Group gap="xs">
        {groupChoices(group).map((choice) => (
          <Button key={nameOf(choice)} size="xs" loading={pending} onClick={() => choose(choice)}>
            {t("take", { choice: nameOf(choice) })}
          </Button>
        ))}
      </Group>
      <Text size="xs" c="dimmed" w="100%">
        {t("oneKind")}
      </Text>
      <ConfirmDialog
        opened={asked !== null}
        onClose={() => setAsked(null)}
        onConfirm={() => asked && confirm(asked)}
        title={t("allTitle", { count })}
        confirmLabel={asked ? nameOf(asked) : ""}
        pending={pending}
      >
        {asked?.kind === "remove" ? <Text>{t("removeText")}</Text> : null}
        {all ? <Text>{t("allText")}</Text> : null}
      </ConfirmDialog>
    </section>
  );
}

function useChoiceName(): (choice: Choice) => string {
  const t = useTranslations("conflicts.choose");
  return (choice) => {
    if (choice.kind === "take") return t(choice.side === "snov" ? "takeSnov" : "takeHubspot");
    if (choice.kind === "remove" || choice.kind === "bring_back") return t(`${choice.kind}.snov.name`);
    return t("apart.name");
  };
}
