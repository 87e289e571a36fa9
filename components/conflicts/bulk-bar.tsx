"use client";

import { Alert, Button, Group, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { ConflictFilter, ConflictRow } from "@/services/conflicts/read-page";
import { changedSince } from "./begun";
import { useChoiceName } from "./choice-name";
import type { Choice } from "./conflict-actions";
import classes from "./conflicts.module.css";
import { groupChoices, groupOf } from "./kind-choices";

/** All that match `filter` as they were read by it: `snapshot` is of the queue (`ConflictsView`). */
type Matching = { filter: ConflictFilter; snapshot: string; count: number };
type Props = {
  /** All of one group. */
  selected: [ConflictRow, ...ConflictRow[]];
  /** Of the group, what is shown and can be decided. */
  shown: ConflictRow[];
  /** All of the group and the filter, also those that are not shown. */
  matching: Matching;
  pending: boolean;
  /** Whether this person may delete also what the page does not show. */
  manages: boolean;
  onChoose: (rows: ConflictRow[], choice: Choice) => Promise<unknown>;
  onChooseMatching: (matching: Matching, choice: Choice) => Promise<unknown>;
  onClear: () => void;
};
/** What the person is asked about, as it was when they were. */
type Asked = { choice: Choice; all: boolean; rows: ConflictRow[]; shown: ConflictRow[]; matching: Matching };

/** The same choice for many conflicts at once; all that match, and deletions, are asked about first. */
export function BulkBar({ selected, shown, matching, pending, manages, ...acts }: Props) {
  const { onChoose, onChooseMatching, onClear } = acts;
  const t = useTranslations("conflicts.bulk");
  const nameOf = useChoiceName();
  // Whoever took all that match one filter has not seen what another one is about.
  const matched = JSON.stringify(matching.filter);
  const [allOf, setAllOf] = useState<string | null>(null);
  const all = allOf === matched;
  if (allOf !== null && !all) setAllOf(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const group = groupOf(selected[0]);
  const countOf = (one: Pick<Asked, "all" | "rows" | "matching">) =>
    one.all ? one.matching.count : one.rows.length;
  const count = countOf({ all, rows: selected, matching });
  const choose = (choice: Choice) =>
    all || choice.kind === "remove"
      ? setAsked({ choice, all, rows: selected, shown, matching })
      : onChoose(selected, choice);
  const confirm = async ({ choice, rows, ...one }: Asked) => {
    await (one.all ? onChooseMatching(one.matching, choice) : onChoose(rows, choice));
    setAsked(null);
    setAllOf(null);
  };
  const changed = asked ? changedSince(asked.all ? asked.shown : asked.rows, shown) : 0;
  return (
    <section className={classes.bulk} aria-label={t("label")}>
      <Group gap="xs">
        <Text size="sm" fw={500} aria-live="polite">
          {t("selected", { count })}
        </Text>
        {!all && matching.count > selected.length ? (
          <Button variant="subtle" size="compact-sm" onClick={() => setAllOf(matched)}>
            {t("all", { count: matching.count })}
          </Button>
        ) : null}
        <Button variant="subtle" size="compact-sm" onClick={onClear}>
          {t("clear")}
        </Button>
      </Group>
      <Group gap="xs">
        {groupChoices(group).map((choice) => (
          <Button
            key={nameOf(choice)}
            size="xs"
            loading={pending}
            disabled={all && choice.kind === "remove" && !manages}
            onClick={() => choose(choice)}
          >
            {t("take", { choice: nameOf(choice) })}
          </Button>
        ))}
      </Group>
      <Text size="xs" c="dimmed" w="100%">
        {t("oneKind")}
      </Text>
      {all && group === "removed_and_edited" && !manages ? (
        <Text size="xs" w="100%">
          {t("removeAllByManagers")}
        </Text>
      ) : null}
      <ConfirmDialog
        opened={asked !== null}
        onClose={() => setAsked(null)}
        onConfirm={() => asked && confirm(asked)}
        title={t("allTitle", { count: asked ? countOf(asked) : count })}
        confirmLabel={asked ? nameOf(asked.choice) : ""}
        pending={pending}
      >
        {asked?.choice.kind === "remove" ? <Text>{t("removeText", { count: countOf(asked) })}</Text> : null}
        {asked?.all ? <Text>{t("allText")}</Text> : null}
        <div role="status">
          {changed ? (
            <Alert color="orange" variant="light" mt="xs" p="xs">
              {t("changed", { count: changed })}
            </Alert>
          ) : null}
        </div>
      </ConfirmDialog>
    </section>
  );
}
