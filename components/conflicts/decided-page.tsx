"use client";

import { Button, Group, Select, Text } from "@mantine/core";
import { IconHistory, IconX } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { ListFrame } from "@/components/ui/list-frame";
import { PageHeader } from "@/components/ui/page-header";
import { SearchField } from "@/components/ui/search-field";
import { mostCountedOfAct } from "@/lib/most-counted";
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
  const client = useQueryClient();
  const taking = useTakingBack(id, undo, () =>
    client.invalidateQueries({ queryKey: ["conflicts-decided", id] }),
  );
  const { asked, ask, query, conflicts, acts, isSearching } = useDecided(
    id,
    initial,
    first,
    taking.isPuttingBack,
  );
  const [cleared, setCleared] = useState(0);
  const [act, setAct] = useState<{ id: string; count: number } | null>(null);
  const narrowed = decidedParams(asked).size > 0;
  const isBig = (act?.count ?? 0) >= mostCountedOfAct;
  return (
    <>
      <PageHeader
        back={{ href: `/settings/integrations/${id}/conflicts`, label: t("title") }}
        title={t("decided.title")}
        description={t(context.manages ? "decided.description" : "decided.descriptionForMembers")}
      />
      <ListFrame
        title={t("decided.title")}
        query={query}
        error={t("error")}
        more={t("more")}
        className={classes.list}
        filters={
          conflicts.length || narrowed ? (
            <Filters key={cleared} asked={asked} context={context} onAsk={ask} />
          ) : null
        }
        searching={isSearching}
        empty={
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
        }
      >
        {conflicts.map((conflict) => (
          <DecidedEntry
            key={conflict.id}
            conflict={conflict}
            context={context}
            pending={taking.pending}
            ofAct={acts[conflict.resolutionId ?? ""] ?? 1}
            onTakeBack={(whole) => {
              const { id: conflictId, resolutionId } = conflict;
              if (!resolutionId) return;
              if (whole) setAct({ id: resolutionId, count: acts[resolutionId] ?? 1 });
              else void taking.takeBack(resolutionId, conflictId);
            }}
          />
        ))}
      </ListFrame>
      <ConfirmDialog
        opened={act !== null}
        onClose={() => setAct(null)}
        onConfirm={() => {
          if (act) void taking.takeBack(act.id);
          setAct(null);
        }}
        title={t(isBig ? "takeBackBigActTitle" : "takeBackActTitle", { count: act?.count ?? 0 })}
        confirmLabel={t(isBig ? "takeBackBigAct" : "takeBackAct", { count: act?.count ?? 0 })}
      >
        <Text>{t("takeBackActText")}</Text>
      </ConfirmDialog>
    </>
  );
}

type FiltersProps = Pick<Props, "asked" | "context"> & { onAsk: (change: AskedDecided) => void };

function Filters({ asked, context, onAsk }: FiltersProps) {
  const t = useTranslations("conflicts");
  return (
    <>
      <div className={classes.filters}>
        <SearchField label={t("filters.search")} asked={asked.q} onAsk={(q) => onAsk({ q })} />
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
