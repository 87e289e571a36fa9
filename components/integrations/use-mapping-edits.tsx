"use client";

import { Button, Group, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { IntegrationSettings, MappingSetting } from "@/services/integrations/read-settings";
import type { Direction } from "@/sync/direction";
import { suggestValueMap, type ValueMap } from "@/sync/value-map";
import type { ChosenPair } from "./chosen-pair";
import type { IntegrationActions } from "./section";
import { type GoingConflicts, useMappingChanges } from "./use-mapping-changes";
import { useSnovFieldName } from "./use-snov-field-name";

/** Until the server has given a new mapping its id. */
export const newMapping = "new";

/** A mapping is about to go, and conflicts with it. */
type AskedRemoval = GoingConflicts & { field: string; confirm: () => Promise<boolean> };

/** What people do to the mappings, each saved at once. */
export function useMappingEdits(settings: IntegrationSettings, actions: IntegrationActions) {
  const t = useTranslations("mapping");
  const fieldName = useSnovFieldName();
  const { change, ...state } = useMappingChanges(settings);
  /** Mapped in this visit: after launch these start without a base. */
  const [fresh, setFresh] = useState<string[]>([]);
  const [asked, setAsked] = useState<AskedRemoval | null>(null);
  const integrationId = settings.id;

  function nameOf({ snovField, snovLabel }: MappingSetting) {
    return fieldName(snovField, snovLabel);
  }
  function add(pair: ChosenPair) {
    setFresh((fields) => [...fields, pair.snov.key]);
    return change({
      apply: (mappings, id = newMapping) => [...mappings, mappingOf(pair, id)],
      save: (seen) => actions.addMapping({ integrationId, seen, ...keys(pair) }),
    });
  }
  function replace(before: MappingSetting, pair: ChosenPair, knowsConflicts = false) {
    const mappingId = before.id;
    setFresh((fields) => [...fields, pair.snov.key]);
    return change({
      apply: (mappings, id = newMapping) =>
        mappings.map((mapping) => (mapping.id === mappingId ? mappingOf(pair, id) : mapping)),
      save: (seen) =>
        actions.replaceMapping({ integrationId, seen, mappingId, knowsConflicts, ...keys(pair) }),
      onConflicts: (going) =>
        setAsked({ field: nameOf(before), ...going, confirm: () => replace(before, pair, true) }),
    });
  }
  function update(mappingId: string, changes: { direction?: Direction; valueMap?: ValueMap }) {
    return change({
      apply: (mappings) =>
        mappings.map((mapping) =>
          mapping.id === mappingId
            ? { ...mapping, ...changes, ...(changes.direction ? { stoppedReason: null } : {}) }
            : mapping,
        ),
      save: (seen) => actions.updateMapping({ integrationId, seen, mappingId, ...changes }),
    });
  }
  function remove(mapping: MappingSetting, knowsConflicts = false) {
    const note = notifications.show({
      autoClose: 12_000,
      message: (
        <Group justify="space-between" wrap="nowrap" gap="sm">
          <Text size="sm">{t("removed", { field: nameOf(mapping) })}</Text>
          {mapping.stoppedReason ? null : (
            <Button
              variant="default"
              size="compact-sm"
              flex="none"
              onClick={() => {
                notifications.hide(note);
                restore(mapping);
              }}
            >
              {t("undo")}
            </Button>
          )}
        </Group>
      ),
    });
    return change({
      apply: (mappings) => mappings.filter(({ id }) => id !== mapping.id),
      save: (seen) => actions.removeMapping({ integrationId, seen, mappingId: mapping.id, knowsConflicts }),
      onConflicts: (going) =>
        setAsked({ field: nameOf(mapping), ...going, confirm: () => remove(mapping, true) }),
      onFailure: () => notifications.hide(note),
    });
  }
  function restore(mapping: MappingSetting) {
    const { snovField, hubspotProperty, direction, valueMap } = mapping;
    setFresh((fields) => [...fields, snovField]);
    void change({
      apply: (mappings, id = newMapping) => [...mappings, { ...mapping, id }],
      save: (seen) =>
        actions.addMapping({ integrationId, seen, snovField, hubspotProperty, direction, valueMap }),
    });
  }
  return {
    ...state,
    add,
    replace,
    update,
    remove,
    startsFresh: (field: string) => fresh.includes(field),
    asked,
    endAsking: () => setAsked(null),
  };
}

function keys({ snov, hubspot, direction, valueMap }: ChosenPair) {
  return { snovField: snov.key, hubspotProperty: hubspot.key, direction, valueMap };
}

function mappingOf({ snov, hubspot, direction, valueMap }: ChosenPair, id: string): MappingSetting {
  return {
    id,
    snovField: snov.key,
    hubspotProperty: hubspot.key,
    direction: direction ?? (hubspot.writable ? "both" : "to_snov"),
    locked: false,
    policy: null,
    valueMap: valueMap ?? suggestValueMap(snov.options, hubspot.options),
    stoppedReason: null,
    type: snov.type,
    snovLabel: snov.label || null,
    hubspotLabel: hubspot.label,
  };
}
