"use client";

import { Button, Card, Group, MultiSelect, Stack, Text, Title } from "@mantine/core";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useAction } from "@/components/ui/use-action";
import type { ActionResult } from "@/services/action-result";
import type { ChangeLists } from "@/services/prospects/change-lists";
import type { ProspectView } from "@/services/prospects/read-prospect";
import classes from "./lists-card.module.css";

type Props = {
  view: ProspectView;
  changeLists: (input: ChangeLists) => Promise<ActionResult<{ changed: number }>>;
  refresh: () => Promise<unknown>;
};

export function ListsCard({ view, changeLists, refresh }: Props) {
  const t = useTranslations("prospects");
  const common = useTranslations("common");
  const [chosen, setChosen] = useState<string[] | null>(null);
  const { run, pending } = useAction(changeLists, {
    onSuccess: async () => {
      await refresh();
      setChosen(null);
    },
  });
  const current = view.lists.map(({ id }) => id);
  function save(next: string[]) {
    const add = next.filter((id) => !current.includes(id));
    const remove = current.filter((id) => !next.includes(id));
    if (!add.length && !remove.length) setChosen(null);
    else void run({ ids: [view.id], add, remove });
  }
  return (
    <Card component="section" aria-label={t("lists")}>
      <Group justify="space-between" mb="sm">
        <Title order={2}>{t("lists")}</Title>
        {chosen === null && !view.deletedAt && view.allLists.length ? (
          <Button variant="subtle" size="compact-sm" onClick={() => setChosen(current)}>
            {t("changeLists")}
          </Button>
        ) : null}
      </Group>
      {chosen ? (
        <Stack gap="sm">
          <MultiSelect
            aria-label={t("lists")}
            data={view.allLists.map(({ id, name }) => ({ value: id, label: name }))}
            value={chosen}
            onChange={setChosen}
            searchable={view.allLists.length > 8}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" size="xs" onClick={() => setChosen(null)}>
              {common("cancel")}
            </Button>
            <Button size="xs" loading={pending} onClick={() => save(chosen)}>
              {common("save")}
            </Button>
          </Group>
        </Stack>
      ) : view.lists.length ? (
        <ul className={classes.lists}>
          {view.lists.map(({ id, name }) => (
            <li key={id}>
              <Link href={`/lists/${id}`} className={classes.list}>
                {name}
              </Link>
            </li>
          ))}
        </ul>
      ) : (
        <Text size="sm" c="dimmed">
          {view.allLists.length ? t("inNoList") : t("noListsYet")}
        </Text>
      )}
    </Card>
  );
}
