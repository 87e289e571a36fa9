"use client";

import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import type { IntegrationSettings, MappingSetting } from "@/services/integrations/read-settings";
import type { CustomField } from "@/services/prospects/create-custom-field";
import type { Direction } from "@/sync/direction";
import type { FieldDefinition } from "@/sync/field-definition";
import { allowedDirections, offeredHubspotProperties, offeredSnovFields } from "@/sync/mapping-rules";
import { snovFieldDefinitions } from "@/sync/snov-fields";
import { suggestValueMap, type ValueMap } from "@/sync/value-map";
import type { ChosenPair } from "./chosen-pair";
import type { FieldChoice, FieldGroup } from "./field-combobox";
import { useSnovFieldName } from "./use-snov-field-name";

/** A pair being chosen: what the rules offer on either side, and what was made on the spot. */
export function useFieldPair(
  settings: IntegrationSettings,
  mappings: MappingSetting[],
  replacing: MappingSetting | undefined,
) {
  const t = useTranslations("mapping");
  const fieldName = useSnovFieldName();
  const [made, setMade] = useState<FieldDefinition[]>([]);
  const [snovKey, setSnovKey] = useState(replacing?.snovField ?? null);
  const [hubspotKey, setHubspotKey] = useState(replacing?.hubspotProperty ?? null);
  const [wanted, setWanted] = useState<Direction | null>(null);
  const [paired, setPaired] = useState<ValueMap | null>(null);
  const { syncType, constantToSnov, constantToHubspot } = settings;

  const inUse = {
    mappings,
    constants: { snov: constantToSnov?.field ?? null, hubspot: constantToHubspot?.field ?? null },
    replacing: replacing?.id,
  };
  const snovFields = offeredSnovFields(withMade(settings.snovFields, made, "snov"), inUse);
  const snov = snovFields.find(({ key }) => key === snovKey);
  const properties = withMade(settings.hubspotProperties, made, "hubspot");
  const offered = snov ? offeredHubspotProperties(properties, snov, syncType, inUse) : [];
  const hubspot = offered.find(({ key }) => key === hubspotKey);

  const snovChoice = ({ key, label, type }: FieldDefinition): FieldChoice => ({
    key,
    type,
    name: fieldName(key, label),
  });
  const hubspotChoice = ({ key, label, type, writable }: FieldDefinition): FieldChoice => ({
    key,
    type,
    name: label,
    note: writable ? (ambiguous(offered, label) ? key : undefined) : t("readOnly"),
  });
  const allowed = hubspot ? allowedDirections(syncType, hubspot) : [];
  const direction = wanted && allowed.includes(wanted) ? wanted : (allowed[0] ?? syncType);
  const valueMap =
    snov?.options.length && hubspot?.options.length
      ? (paired ?? suggestValueMap(snov.options, hubspot.options))
      : null;
  const chosen: ChosenPair | null = useMemo(
    () =>
      snov && hubspot
        ? { snov, hubspot, direction: wanted ? direction : undefined, valueMap: valueMap ?? undefined }
        : null,
    [snov, hubspot, wanted, direction, valueMap],
  );

  function chooseSnov(key: string) {
    setSnovKey(key);
    setPaired(null);
  }
  function chooseHubspot(key: string) {
    setHubspotKey(key);
    setPaired(null);
    setWanted(null);
  }
  return {
    snov: snov ? { definition: snov, choice: snovChoice(snov) } : null,
    hubspot: hubspot ? { definition: hubspot, choice: hubspotChoice(hubspot) } : null,
    snovGroups: groups(snovFields, snovChoice, { standard: t("standardFields"), custom: t("customFields") }),
    hubspotGroups: groups(offered, hubspotChoice, {
      standard: t("hubspotStandard"),
      custom: t("hubspotCustom"),
    }),
    allowed,
    direction,
    valueMap,
    chosen,
    chooseSnov,
    chooseHubspot,
    setDirection: setWanted,
    setValueMap: setPaired,
    addSnov(field: CustomField) {
      setMade((fields) => [...fields, ...snovFieldDefinitions([field]).filter(({ custom }) => custom)]);
      const key = snovFieldDefinitions([field]).at(-1)?.key;
      if (key) chooseSnov(key);
    },
    addHubspot(property: FieldDefinition) {
      setMade((fields) => [...fields, property]);
      chooseHubspot(property.key);
    },
  };
}

/** Fields made here are known before the page has read them again. */
function withMade(known: FieldDefinition[], made: FieldDefinition[], side: FieldDefinition["side"]) {
  const keys = new Set(known.map(({ key }) => key));
  return [...known, ...made.filter((field) => field.side === side && !keys.has(field.key))];
}

function groups(
  fields: FieldDefinition[],
  choice: (field: FieldDefinition) => FieldChoice,
  labels: { standard: string; custom: string },
): FieldGroup[] {
  const byName = (a: FieldChoice, b: FieldChoice) => a.name.localeCompare(b.name);
  return [
    {
      label: labels.standard,
      fields: fields
        .filter(({ custom }) => !custom)
        .map(choice)
        .sort(byName),
    },
    {
      label: labels.custom,
      fields: fields
        .filter(({ custom }) => custom)
        .map(choice)
        .sort(byName),
    },
  ].filter((group) => group.fields.length);
}

function ambiguous(fields: FieldDefinition[], label: string): boolean {
  return fields.filter((field) => field.label === label).length > 1;
}
