"use client";

import { Group, Loader, MultiSelect, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { ErrorState } from "@/components/ui/error-state";
import { useFailureText } from "@/components/ui/use-failure-text";
import { FetchFailure, fetchJson } from "@/lib/fetch-json";
import { ScopeChoice } from "./scope-choice";
import type { DataChoices } from "./section";

type Scope = DataChoices["incomingScope"];
type Props = { integrationId: string; scope: Scope; onChange: (scope: Scope) => void; error?: string };
type HubspotList = { id: string; name: string; size?: number };

/** Which contacts come to Snov.io. */
export function IncomingScope({ integrationId, scope, onChange, error }: Props) {
  const t = useTranslations("dataSettings.incoming");
  return (
    <ScopeChoice
      title={t("title")}
      description={t("text")}
      all={t("all")}
      some={t("some")}
      scope={scope}
      onChange={onChange}
    >
      <HubspotLists
        integrationId={integrationId}
        ids={scope.kind === "lists" ? scope.ids : []}
        onChange={(ids) => onChange({ kind: "lists", ids })}
        error={error}
      />
    </ScopeChoice>
  );
}

type ListsProps = { integrationId: string; ids: string[]; onChange: (ids: string[]) => void; error?: string };

function HubspotLists({ integrationId, ids, onChange, error }: ListsProps) {
  const t = useTranslations("dataSettings.incoming");
  const failureText = useFailureText();
  const lists = useQuery({
    queryKey: ["hubspot-lists", integrationId],
    queryFn: ({ signal }) =>
      fetchJson<HubspotList[]>(`/api/integrations/${integrationId}/hubspot-lists`, signal),
    staleTime: 60_000,
  });
  if (lists.isPending)
    return (
      <Group gap="xs" role="status">
        <Loader size="xs" aria-hidden />
        <Text size="sm" c="dimmed">
          {t("loading")}
        </Text>
      </Group>
    );
  if (lists.isError) {
    const failure =
      lists.error instanceof FetchFailure ? lists.error.failure : { code: "unexpected" as const };
    return (
      <ErrorState
        title={failureText({ code: "unexpected", reason: "hubspot_lists_unavailable" })}
        description={failureText({ ...failure, code: "unexpected", reason: failure.reason ?? failure.code })}
        onRetry={() => lists.refetch()}
      />
    );
  }
  if (!lists.data.length && !ids.length)
    return (
      <ErrorState title={t("emptyTitle")} description={t("emptyText")} onRetry={() => lists.refetch()} />
    );
  const known = new Set(lists.data.map(({ id }) => id));
  const sizes = new Map(lists.data.map(({ id, size }) => [id, size]));
  return (
    <MultiSelect
      maw={560}
      label={t("label")}
      placeholder={ids.length ? undefined : t("placeholder")}
      searchable
      data={[
        ...lists.data.map(({ id, name }) => ({ value: id, label: name })),
        ...ids.filter((id) => !known.has(id)).map((id) => ({ value: id, label: t("gone", { id }) })),
      ]}
      value={ids}
      onChange={onChange}
      error={error}
      nothingFoundMessage={t("noneFound")}
      renderOption={({ option }) => {
        const size = sizes.get(option.value);
        return (
          <Group justify="space-between" wrap="nowrap" gap="md" w="100%">
            <span>{option.label}</span>
            {size === undefined ? null : (
              <Text span size="xs" c="dimmed">
                {t("contacts", { count: size })}
              </Text>
            )}
          </Group>
        );
      }}
    />
  );
}
