"use client";

import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { ShownValue } from "@/components/overview/shown-value";
import { ErrorState } from "@/components/ui/error-state";
import { LoadingState } from "@/components/ui/loading-state";
import { TextLink } from "@/components/ui/text-link";
import { fetchJson } from "@/lib/fetch-json";
import type { ConflictView } from "@/services/conflicts/read-conflict";
import type { ConflictRow } from "@/services/conflicts/read-page";
import type { FieldMerge } from "@/sync/merge";
import type { ConflictContext } from "./conflict-context";
import { ConflictValues, type ConflictValuesProps } from "./conflict-values";
import classes from "./conflicts.module.css";

type Props = { conflict: ConflictRow; context: ConflictContext };
const standing = ["most_recent", "snov_wins", "hubspot_wins"] as const;

/** The values as they are just now, and what each setting would make of them. */
export function ConflictDetails({
  conflict,
  context,
  changes,
}: Props & Pick<ConflictValuesProps, "changes">) {
  const t = useTranslations("conflicts.details");
  const names = useTranslations("safety.policy");
  const { id, revision } = conflict;
  const { data, isPending, isError, refetch } = useQuery({
    queryKey: ["conflict", context.integration.id, id, revision],
    queryFn: ({ signal }) =>
      fetchJson<ConflictView>(`/api/integrations/${context.integration.id}/conflicts/${id}`, signal),
  });
  return (
    <>
      <ConflictValues conflict={conflict} context={context} changes={data?.changedInHubspot ?? changes} />
      {data?.other && !conflict.other?.name && data.other.name ? (
        <Text size="sm" mt="xs">
          {t("other", { id: data.other.id, name: data.other.name })}
        </Text>
      ) : null}
      {isPending ? <LoadingState lines={2} /> : null}
      {isError ? <ErrorState description={t("error")} onRetry={refetch} /> : null}
      {data?.policies ? (
        <section className={classes.policies} aria-label={t("policies")}>
          <Text size="sm" fw={500}>
            {t("policies")}
          </Text>
          <ul>
            {standing.map((policy) => (
              <li key={policy}>
                {names(`${policy}.name`)}:{" "}
                <Outcome outcome={data.policies?.[policy]} conflict={conflict} context={context} />
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {conflict.side === "snov" ? (
        <TextLink
          href={`/settings/integrations/${context.integration.id}/activity?record=${conflict.recordId}`}
          size="sm"
        >
          {t("activity")}
        </TextLink>
      ) : null}
    </>
  );
}

function Outcome({ outcome, conflict, context }: Props & { outcome: FieldMerge | undefined }) {
  const t = useTranslations("conflicts.details.outcome");
  const { fields: pair } = conflict;
  if (outcome?.kind !== "write" || !pair) return t(outcome?.kind === "conflict" ? "conflict" : "left");
  return t.rich(outcome.to, {
    value: () => (
      <ShownValue fields={context.fields} side="hubspot" field={pair.hubspot} value={outcome.value} />
    ),
  });
}
