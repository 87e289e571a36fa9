"use client";

import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { ShownValue } from "@/components/overview/shown-value";
import { ErrorState } from "@/components/ui/error-state";
import { LoadingState } from "@/components/ui/loading-state";
import { fetchJson } from "@/lib/fetch-json";
import type { ConflictRow, ConflictsView } from "@/services/conflicts/read-page";
import { otherSide, sides } from "@/sync/side";
import { type AskedConflicts, paramsOf } from "./asked-conflicts";
import { useChoiceName } from "./choice-name";
import type { Choice } from "./conflict-actions";
import type { ConflictContext } from "./conflict-context";
import classes from "./conflicts.module.css";
import { isDecidable } from "./decidable";
import { groupChoices, groupOf, matchingOf } from "./kind-choices";
import { askedWithin, type Reach } from "./reach";
import { useConflictNames } from "./use-conflict-names";

type Props = {
  conflict: ConflictRow;
  reach: Reach;
  /** What the queue is narrowed to: a choice reaches no further. */
  asked: AskedConflicts;
  context: ConflictContext;
  pending: boolean;
  /** About all that the page shows when it is asked for this, as they were then. */
  onChoose: (asked: AskedConflicts, choice: Choice, snapshot: string) => Promise<boolean>;
  onShow: (change: AskedConflicts) => void;
  onClose: () => void;
};
const samplesShown = 5;

/** How many conflicts a choice would be about, and the first of them, before it is made. They are read once: what is chosen is about these. */
export function ReachDialog({ conflict, reach, asked, context, pending, onChoose, onShow, onClose }: Props) {
  const t = useTranslations("conflicts.reach");
  const bulk = useTranslations("conflicts.bulk");
  const common = useTranslations("common");
  const choiceName = useChoiceName();
  const { recordName, whatOf } = useConflictNames(context);
  const group = groupOf(conflict);
  const within = askedWithin(reach, conflict);
  const params = paramsOf({ ...asked, ...within }).toString();
  const { data, isError, refetch } = useQuery({
    queryKey: ["conflict-reach", context.integration.id, params],
    queryFn: ({ signal }) =>
      fetchJson<ConflictsView>(`/api/integrations/${context.integration.id}/conflicts?${params}`, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const count = data?.counted ? matchingOf(group, data.counted.counts) : 0;
  const samples = (data?.conflicts ?? []).filter((one) => isDecidable(one) && groupOf(one) === group);
  const shown = samples.slice(0, samplesShown);
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t(reach === "like" ? `like.${group}` : reach)}
      closeButtonProps={{ "aria-label": common("close") }}
    >
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {reach === "record" ? recordName(conflict) : whatOf(conflict)}
        </Text>
        <div aria-live="polite">
          {isError ? <ErrorState description={t("error")} onRetry={refetch} /> : null}
          {data ? null : isError ? null : <LoadingState lines={3} />}
          {data ? (
            <>
              <Text fw={500}>{t("count", { count })}</Text>
              <ul className={classes.samples}>
                {shown.map((one) => (
                  <Sample key={one.id} conflict={one} context={context} />
                ))}
              </ul>
              {count > shown.length ? (
                <Text size="sm" c="dimmed">
                  {t("more", { count: count - shown.length })}
                </Text>
              ) : null}
            </>
          ) : null}
        </div>
        <Text size="sm">{t(paramsOf(asked).size ? "narrowed" : "all")}</Text>
        {group === "removed_and_edited" && count ? (
          <Text size="sm">
            {context.manages ? bulk("removeText", { count }) : bulk("removeAllByManagers")}
          </Text>
        ) : null}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            {common("cancel")}
          </Button>
          {count > 1 ? (
            <Button variant="default" onClick={() => onShow(within)}>
              {t("show")}
            </Button>
          ) : null}
          {groupChoices(group).map((choice) => (
            <Button
              key={choiceName(choice)}
              loading={pending}
              disabled={!count || (choice.kind === "remove" && !context.manages)}
              onClick={async () => {
                if (data && (await onChoose({ ...asked, ...within }, choice, data.snapshot))) onClose();
              }}
            >
              {bulk("take", { choice: choiceName(choice) })}
            </Button>
          ))}
        </Group>
      </Stack>
    </Modal>
  );
}

function Sample({ conflict, context }: { conflict: ConflictRow; context: ConflictContext }) {
  const { aboutOf } = useConflictNames(context);
  const values = useTranslations("conflicts.values");
  const { fields: pair } = conflict;
  return (
    <li>
      <b>{aboutOf(conflict)}</b>
      {pair
        ? sides.map((side) => (
            <span key={side} className={classes.sampleValue}>
              {values(side)}{" "}
              <ShownValue
                fields={context.fields}
                side={side}
                field={pair[side]}
                value={conflict.values[side]}
                beside={conflict.values[otherSide(side)]}
              />
            </span>
          ))
        : null}
    </li>
  );
}
