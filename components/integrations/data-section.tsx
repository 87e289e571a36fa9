"use client";

import { Stack } from "@mantine/core";
import { useTranslations } from "next-intl";
import { writableSides } from "@/sync/direction";
import { ContactMarks } from "./contact-marks";
import { FirstStatus } from "./first-status";
import { IncomingScope } from "./incoming-scope";
import { OutgoingScope } from "./outgoing-scope";
import { ReceivingList } from "./receiving-list";
import type { DataChoices, SectionProps } from "./section";
import { SectionNotices } from "./section-notices";
import { statusOptions } from "./status-options";
import { type Faults, useSection } from "./use-section";

/** Which records travel, where contacts arrive and which status they start with. */
export function DataSection(props: SectionProps) {
  const t = useTranslations("dataSettings");
  const { settings, actions } = props;
  const { receivingListId, statusProperty, statusValue, outgoingScope, incomingScope } = settings;
  const saved = { receivingListId, statusProperty, statusValue, outgoingScope, incomingScope };
  const travels = writableSides(settings.syncType, "both");
  const { root, draft, change, errorOf, notices } = useSection<DataChoices, { updatedAt: string }>(props, {
    name: "data",
    saved,
    start: statusProperty ? saved : { ...saved, ...defaultStatus(settings) },
    faultsOf: (choices) => faultsOf(choices, settings),
    act: (choices, target) => actions.saveDataSettings({ ...target, ...choices }),
  });
  return (
    <Stack ref={root} gap="md">
      <SectionNotices {...notices} />
      <ReceivingList
        lists={settings.lists}
        value={draft.receivingListId}
        onChange={(id) => change({ receivingListId: id })}
        error={errorOf("receivingListId")}
        description={t(travels.snov ? "receiving.text" : "receiving.textUnused")}
        create={actions.createList}
      />
      {travels.hubspot ? (
        <>
          <FirstStatus
            properties={settings.hubspotProperties}
            property={draft.statusProperty}
            value={draft.statusValue}
            onChange={change}
            error={errorOf("statusValue")}
          />
          <OutgoingScope
            lists={settings.lists}
            scope={draft.outgoingScope}
            onChange={(scope) => change({ outgoingScope: scope })}
            error={errorOf("outgoingScope")}
          />
          <ContactMarks
            integrationId={settings.id}
            on={settings.marksContacts}
            switchMarks={actions.switchMarks}
          />
        </>
      ) : null}
      {travels.snov ? (
        <IncomingScope
          integrationId={settings.id}
          scope={draft.incomingScope}
          onChange={(scope) => change({ incomingScope: scope })}
          error={errorOf("incomingScope")}
        />
      ) : null}
    </Stack>
  );
}

/** Lead status, as a contact that nobody has worked on yet. */
function defaultStatus({ hubspotProperties }: SectionProps["settings"]) {
  const [first] = statusOptions(hubspotProperties, "hs_lead_status");
  return { statusProperty: "hs_lead_status" as const, statusValue: first?.value ?? null };
}

function faultsOf(choices: DataChoices, settings: SectionProps["settings"]): Faults<DataChoices> {
  const { receivingListId, statusProperty, statusValue, outgoingScope, incomingScope } = choices;
  const faults: Faults<DataChoices> = {};
  const live = new Set(settings.lists.map(({ id }) => id));
  if (!receivingListId) faults.receivingListId = "receiving_list_missing";
  const travels = writableSides(settings.syncType, "both");
  if (travels.hubspot) {
    if (statusValue === "") faults.statusValue = "status_missing";
    else if (statusProperty && statusValue !== null) {
      const known = statusOptions(settings.hubspotProperties, statusProperty, statusValue);
      if (!known.some(({ value }) => value === statusValue)) faults.statusValue = "status_unknown";
    }
    if (outgoingScope.kind === "lists") {
      if (!outgoingScope.ids.length) faults.outgoingScope = "scope_empty";
      else if (outgoingScope.ids.some((id) => !live.has(id))) faults.outgoingScope = "scope_list_gone";
    }
  }
  if (travels.snov && incomingScope.kind === "lists" && !incomingScope.ids.length)
    faults.incomingScope = "scope_empty";
  return faults;
}
