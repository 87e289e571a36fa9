"use client";

import { Checkbox, Group } from "@mantine/core";
import { useTranslations } from "next-intl";
import { isDecidable } from "./decidable";
import { groupOf } from "./kind-choices";
import type { useQueue } from "./use-queue";

type Props = {
  queue: Pick<ReturnType<typeof useQueue>, "conflicts" | "selectable" | "selected" | "selectAll">;
};

/** Selects what is shown, as far as it can be decided together: where that is not all of it, it says which. */
export function SelectShown({ queue: { conflicts, selectable, selected, selectAll } }: Props) {
  const t = useTranslations("conflicts.bulk");
  const kinds = useTranslations("overview.conflicts.kind");
  const [first] = selectable;
  if (!first || selectable.length < 2) return null;
  const count = selectable.length;
  const group = groupOf(first);
  const isAll = conflicts.filter(isDecidable).length === count;
  return (
    <Group mb="sm">
      <Checkbox
        label={
          isAll
            ? t("shown", { count })
            : t("shownOf", { count, kind: kinds(group === "fields" ? "value" : group) })
        }
        checked={selected.length === count}
        indeterminate={selected.length > 0 && selected.length < count}
        onChange={(event) => selectAll(event.currentTarget.checked)}
      />
    </Group>
  );
}
