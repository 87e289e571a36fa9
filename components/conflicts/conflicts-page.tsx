"use client";

import { Alert, Button, Card, Text } from "@mantine/core";
import { IconCheck, IconHistory, IconKeyboard } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { LinkButton } from "@/components/ui/link-button";
import { MoreButton } from "@/components/ui/more-button";
import { PageHeader } from "@/components/ui/page-header";
import { RecordStatusBadge } from "@/components/ui/record-status-badge";
import { TextLink } from "@/components/ui/text-link";
import type { ConflictsView } from "@/services/conflicts/read-page";
import { type AskedConflicts, filterOf, paramsOf } from "./asked-conflicts";
import { decidedAddress } from "./asked-decided";
import { BulkBar } from "./bulk-bar";
import type { ConflictActions } from "./conflict-actions";
import type { ConflictContext } from "./conflict-context";
import { ConflictFilters } from "./conflict-filters";
import { ConflictList } from "./conflict-list";
import classes from "./conflicts.module.css";
import { KeysDialog } from "./keys-dialog";
import { groupOf, matchingOf } from "./kind-choices";
import { ReachDialog } from "./reach-dialog";
import { RuleDialog } from "./rule-dialog";
import { SelectShown } from "./select-shown";
import { queueId } from "./use-chosen-conflict";
import { useConflictNews } from "./use-conflict-news";
import { useConflicts } from "./use-conflicts";
import { useHubspotChanges } from "./use-hubspot-changes";
import { useQueue } from "./use-queue";

type Props = {
  initial: ConflictsView;
  asked: AskedConflicts;
  context: ConflictContext;
  actions: ConflictActions;
};

/** Everything that only a person can decide, and the choices. */
export function ConflictsPage({ initial, asked: first, context, actions }: Props) {
  const t = useTranslations("conflicts");
  const typedFor = useRef<string | null>(null);
  const { news, tell } = useConflictNews(context, (id) => typedFor.current === id);
  const queried = useConflicts(context.integration.id, initial, first, tell);
  const { asked, ask, query, conflicts: read, filter, counts, around, held, snapshot, reread } = queried;
  const queue = useQueue({ context, actions, conflicts: read, held, onChanged: reread });
  const { conflicts, selected, selectable, deciding } = queue;
  typedFor.current = queue.typedFor;
  const changesOf = useHubspotChanges(context.integration.id, conflicts);
  const [leading, ...others] = selected;
  const [cleared, setCleared] = useState(0);
  const narrowed = paramsOf(asked).size > 0;
  const clear = () => {
    ask({
      kind: undefined,
      field: undefined,
      list: undefined,
      by: undefined,
      q: undefined,
      record: undefined,
      like: undefined,
    });
    setCleared((times) => times + 1);
  };
  return (
    <>
      <PageHeader
        back={{ href: `/settings/integrations/${context.integration.id}`, label: context.integration.name }}
        title={t("title")}
        badge={<RecordStatusBadge status="in_conflict" count={around?.total ?? 0} />}
        description={t("description")}
        actions={
          <>
            <LinkButton
              href={decidedAddress(context.integration.id)}
              variant="default"
              leftSection={<IconHistory size={16} stroke={1.6} />}
            >
              {t("decided.title")}
            </LinkButton>
            <Button
              variant="default"
              leftSection={<IconKeyboard size={16} stroke={1.6} />}
              onClick={() => queue.showKeys(true)}
            >
              {t("keys.title")}
            </Button>
          </>
        }
      />
      <Card
        component="section"
        id={queueId}
        tabIndex={-1}
        aria-label={t("title")}
        onKeyDown={queue.onKeyDown}
      >
        {around && (around.total || conflicts.length || narrowed) ? (
          <ConflictFilters key={cleared} asked={asked} around={around} context={context} onAsk={ask} />
        ) : null}
        {queried.isError ? <ErrorState description={t("error")} onRetry={() => reread()} /> : null}
        <Text role="status" size="sm" c="dimmed" mb={news.length ? "sm" : 0}>
          {news.map(({ id, words }) => (
            <span key={id} className={classes.news}>
              {words}
            </span>
          ))}
        </Text>
        {held ? (
          <Alert color="orange" variant="light" mb="sm" p="xs">
            {t(`held.${held}`)}{" "}
            <TextLink href={`/settings/integrations/${context.integration.id}`}>
              {context.integration.name}
            </TextLink>
          </Alert>
        ) : null}
        {conflicts.length ? (
          <>
            <SelectShown queue={queue} />
            <ConflictList {...{ queue, context, changesOf, held }} />
            <MoreButton pages={query} mt="xs">
              {t("more")}
            </MoreButton>
          </>
        ) : queried.isError ? null : (
          <EmptyState
            icon={<IconCheck size={22} stroke={1.6} />}
            title={t(narrowed ? "noneFound" : "emptyTitle")}
            description={narrowed ? undefined : t("emptyText")}
            action={
              narrowed ? (
                <Button variant="default" onClick={clear}>
                  {t("filters.clear")}
                </Button>
              ) : undefined
            }
          />
        )}
      </Card>
      {leading ? (
        <BulkBar
          selected={[leading, ...others]}
          shown={selectable}
          matching={{
            filter: { ...filter, ...(leading.mappingId ? {} : { kind: leading.kind }) },
            snapshot,
            count: counts ? matchingOf(groupOf(leading), counts) : 0,
          }}
          pending={deciding.pending}
          manages={context.manages}
          onChoose={async (rows, choice) => {
            await queue.decideAll(rows, choice);
            queue.selectAll(false);
          }}
          onChooseMatching={async ({ filter, snapshot: seen }, choice) => {
            await deciding.decideMatching(filter, choice, seen);
            queue.selectAll(false);
          }}
          onClear={() => queue.selectAll(false)}
        />
      ) : null}
      {queue.reaching ? (
        <ReachDialog
          {...queue.reaching}
          asked={asked}
          context={context}
          pending={deciding.pending}
          onChoose={(within, choice, seen) => deciding.decideMatching(filterOf(within), choice, seen)}
          onShow={(within) => {
            ask(within);
            queue.closeReach();
          }}
          onClose={queue.closeReach}
        />
      ) : null}
      {queue.ruled ? (
        <RuleDialog
          mappingId={queue.ruled}
          context={context}
          seen={queue.settingsSeen}
          held={held}
          actions={actions}
          onClose={queue.closeRule}
          onMade={queue.madeRule}
        />
      ) : null}
      <KeysDialog opened={queue.keysShown} onClose={() => queue.showKeys(false)} />
    </>
  );
}
