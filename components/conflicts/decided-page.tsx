"use client";

import { Button, Card, Group, Select, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconHistory, IconSearch, IconX } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { MoreButton } from "@/components/ui/more-button";
import { PageHeader } from "@/components/ui/page-header";
import type { DecidedView } from "@/services/conflicts/read-decided";
import { type AskedDecided, decidedParams } from "./asked-decided";
import type { ConflictActions } from "./conflict-actions";
import type { ConflictContext } from "./conflict-context";
import classes from "./conflicts.module.css";
import { DecidedEntry } from "./decided-entry";
import { useDecided } from "./use-decided";
import { useTakingBack } from "./use-taking-back";

type Props = {
  initial: DecidedView;
  asked: AskedDecided;
  context: ConflictContext;
  undo: ConflictActions["undo"];
};

/** What people have decided: found again, and taken back. */
export function DecidedPage({ initial, asked: first, context, undo }: Props) {
  const t = useTranslations("conflicts");
  const { id } = context.integration;
  const { asked, ask, query, conflicts, acts } = useDecided(id, initial, first);
  const taking = useTakingBack(id, undo, () => query.refetch());
  const [cleared, setCleared] = useState(0);
  const narrowed = decidedParams(asked).size > 0;
  return (
    <>
      <PageHeader
        back={{ href: `/settings/integrations/${id}/conflicts`, label: t("title") }}
        title={t("decided.title")}
        description={t("decided.description")}
      />
      <Card component="section" aria-label={t("decided.title")}>
        {conflicts.length || narrowed ? (
          <Filters key={cleared} asked={asked} context={context} onAsk={ask} />
        ) : null}
        {query.isError ? <ErrorState description={t("error")} onRetry={() => query.refetch()} /> : null}
        {conflicts.length ? (
          <>
            <ul className={classes.list} aria-busy={query.isPlaceholderData}>
              {conflicts.map((conflict) => (
                <DecidedEntry
                  key={conflict.id}
                  conflict={conflict}
                  context={context}
                  pending={taking.pending}
                  ofAct={acts[conflict.resolutionId ?? ""] ?? 1}
                  onTakeBack={(whole) =>
                    conflict.resolutionId &&
                    taking.takeBack(conflict.resolutionId, whole ? undefined : conflict.id)
                  }
                />
              ))}
            </ul>
            <MoreButton pages={query} mt="xs">
              {t("more")}
            </MoreButton>
          </>
        ) : query.isError ? null : (
          <EmptyState
            icon={<IconHistory size={22} stroke={1.6} />}
            title={t(narrowed ? "decided.noneFound" : "decided.emptyTitle")}
            description={narrowed ? undefined : t("decided.emptyText")}
            action={
              narrowed ? (
                <Button
                  variant="default"
                  onClick={() => {
                    ask({ q: undefined, by: undefined, record: undefined });
                    setCleared((times) => times + 1);
                  }}
                >
                  {t("decided.clear")}
                </Button>
              ) : undefined
            }
          />
        )}
      </Card>
    </>
  );
}

type FiltersProps = Pick<Props, "asked" | "context"> & { onAsk: (change: AskedDecided) => void };

function Filters({ asked, context, onAsk }: FiltersProps) {
  const t = useTranslations("conflicts");
  const [typed, setTyped] = useState(asked.q ?? "");
  const search = useDebouncedCallback((q: string) => onAsk({ q: q.trim() || undefined }), 300);
  return (
    <>
      <div className={classes.filters}>
        <TextInput
          type="search"
          aria-label={t("filters.search")}
          placeholder={t("filters.search")}
          leftSection={<IconSearch size={16} stroke={1.6} />}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            search(event.currentTarget.value);
          }}
        />
        <Select
          aria-label={t("decided.who")}
          placeholder={t("decided.who")}
          searchable={context.people.length > 8}
          clearable
          data={context.people.map(({ id, name }) => ({ value: id, label: name }))}
          value={asked.by ?? null}
          onChange={(by) => onAsk({ by: by ?? undefined })}
        />
      </div>
      {asked.record ? (
        <Group mb="sm">
          <Button
            variant="default"
            size="compact-sm"
            rightSection={<IconX size={14} aria-hidden />}
            onClick={() => onAsk({ record: undefined })}
          >
            {t("filters.oneRecord")}
          </Button>
        </Group>
      ) : null}
    </>
  );
}
