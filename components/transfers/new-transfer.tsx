"use client";

import { Button, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { IncomingScope } from "@/components/integrations/incoming-scope";
import { OutgoingScope } from "@/components/integrations/outgoing-scope";
import type { DataChoices } from "@/components/integrations/section";
import { LinkButton } from "@/components/ui/link-button";
import { useAction } from "@/components/ui/use-action";
import { useFailureText } from "@/components/ui/use-failure-text";
import { fetchJson } from "@/lib/fetch-json";
import type { Overview } from "@/services/integrations/read-overview";
import type { IntegrationSettings } from "@/services/integrations/read-settings";
import type { TransferRow } from "@/services/transfers/list-transfers";
import { writableSides } from "@/sync/direction";
import { DirectionChoice } from "./direction-choice";
import { LeftOut } from "./left-out";
import { NotYetNote } from "./not-yet-note";
import type { StartPreview } from "./transfer-actions";

type Scope = DataChoices["outgoingScope"];
type Props = {
  settings: IntegrationSettings;
  overview: Overview;
  /** One that has not ended. */
  open: TransferRow | null;
  /** Where whoever starts none goes. */
  notNow: string;
  startPreview: StartPreview;
};

/** What a transfer takes. Nothing is written before its preview was seen and allowed. */
export function NewTransfer({ settings, overview, open, notNow, startPreview }: Props) {
  const t = useTranslations("transfers.new");
  const failureText = useFailureText();
  const router = useRouter();
  const writable = writableSides(settings.syncType, "both");
  const [fromSnov, setFromSnov] = useState(writable.hubspot);
  const [fromHubspot, setFromHubspot] = useState(writable.snov);
  const [prospects, setProspects] = useState<Scope>({ kind: "all" });
  const [contacts, setContacts] = useState<Scope>({ kind: "all" });
  const [tried, setTried] = useState(false);
  const { state, existingLinked } = useReadiness(overview);
  const own = `/settings/integrations/${settings.id}`;
  const { run, pending } = useAction(startPreview, {
    onSuccess: ({ runId }) => router.push(`${own}/transfers/${runId}`),
  });

  const scopeFault = (taken: boolean, scope: Scope) =>
    tried && taken && isEmptyScope(scope)
      ? failureText({ code: "invalid_input", reason: "scope_empty" })
      : undefined;
  const directionFault =
    tried && !fromSnov && !fromHubspot
      ? failureText({ code: "invalid_input", reason: "transfer_without_direction" })
      : null;
  const underWay = open !== null && open.state !== "previewing" && open.state !== "previewed";
  const possible = state === "active" && existingLinked && !underWay;

  function start() {
    setTried(true);
    const empty = (fromSnov && isEmptyScope(prospects)) || (fromHubspot && isEmptyScope(contacts));
    if (empty || (!fromSnov && !fromHubspot)) return;
    void run({
      integrationId: settings.id,
      fromSnov,
      fromHubspot,
      prospects: fromSnov ? prospects : { kind: "all" },
      contacts: fromHubspot ? contacts : { kind: "all" },
    });
  }

  return (
    <Stack gap="md" maw={920}>
      <NotYetNote integrationId={settings.id} state={state} existingLinked={existingLinked} open={open} />
      <DirectionChoice
        syncType={settings.syncType}
        chosen={{ fromSnov, fromHubspot }}
        onChange={(sides) => {
          setFromSnov(sides.includes("snov"));
          setFromHubspot(sides.includes("hubspot"));
        }}
        error={directionFault}
      />
      {fromSnov ? (
        <OutgoingScope
          lists={settings.lists}
          scope={prospects}
          onChange={setProspects}
          error={scopeFault(fromSnov, prospects)}
        />
      ) : null}
      {fromHubspot ? (
        <IncomingScope
          integrationId={settings.id}
          scope={contacts}
          onChange={setContacts}
          error={scopeFault(fromHubspot, contacts)}
        />
      ) : null}
      <LeftOut settings={settings} fromSnov={fromSnov} fromHubspot={fromHubspot} />
      <Group gap="md" mt="xs">
        <Button loading={pending} disabled={!possible} onClick={start}>
          {t("show")}
        </Button>
        <LinkButton href={notNow} variant="default">
          {t("notNow")}
        </LinkButton>
        <Text size="sm" c="dimmed">
          {t("nothingWritten")}
        </Text>
      </Group>
    </Stack>
  );
}

function isEmptyScope(scope: Scope): boolean {
  return scope.kind === "lists" && !scope.ids.length;
}

/** Just after launch the integration still finds out which records belong together. */
function useReadiness(initial: Overview): Pick<Overview, "state" | "existingLinked"> {
  const { data } = useQuery({
    queryKey: ["integration", initial.id, "overview"],
    queryFn: ({ signal }) => fetchJson<Overview>(`/api/integrations/${initial.id}/overview`, signal),
    initialData: initial,
    refetchInterval: ({ state }) => (state.data?.existingLinked ? 10_000 : 1_500),
  });
  return data;
}
