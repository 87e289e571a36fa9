"use client";

import { Stack } from "@mantine/core";
import { useTranslations } from "next-intl";
import { writableSides } from "@/sync/direction";
import type { FieldDefinition } from "@/sync/field-definition";
import { offeredConstantFields } from "@/sync/mapping-rules";
import { isEmpty } from "@/sync/value";
import { ConstantCard, type ConstantDraft } from "./constant-card";
import type { SectionProps } from "./section";
import { SectionNotices } from "./section-notices";
import { type Faults, useSection } from "./use-section";

type Draft = { toHubspot: ConstantDraft; toSnov: ConstantDraft };

/** A fixed value that every record carries, one per direction. */
export function ConstantsSection(props: SectionProps) {
  const t = useTranslations("constants");
  const { settings, actions } = props;
  const offered = {
    toHubspot: offeredConstantFields(
      settings.hubspotProperties,
      settings.mappings,
      settings.constantToHubspot?.field,
    ),
    toSnov: offeredConstantFields(settings.snovFields, settings.mappings),
  };
  const travels = writableSides(settings.syncType, "both");
  const open = { toHubspot: travels.hubspot, toSnov: travels.snov };
  const { root, draft, change, reasonOf, errorOf, notices } = useSection<Draft, { updatedAt: string }>(
    props,
    {
      name: "constants",
      saved: { toHubspot: toDraft(settings.constantToHubspot), toSnov: toDraft(settings.constantToSnov) },
      faultsOf: ({ toHubspot, toSnov }) => {
        const faults: Faults<Draft> = {};
        const ofHubspot = open.toHubspot ? faultOf(toHubspot, offered.toHubspot) : null;
        const ofSnov = open.toSnov ? faultOf(toSnov, offered.toSnov) : null;
        if (ofHubspot) faults.toHubspot = ofHubspot;
        if (ofSnov) faults.toSnov = ofSnov;
        return faults;
      },
      act: ({ toHubspot, toSnov }, target) =>
        actions.saveConstants({
          ...target,
          toHubspot: toInput(toHubspot, offered.toHubspot),
          toSnov: toInput(toSnov, offered.toSnov),
        }),
    },
  );
  const unavailable = settings.syncType === "both" ? null : t(`onlyType.${settings.syncType}`);
  return (
    <Stack ref={root} gap="md">
      <SectionNotices {...notices} />
      {(["toHubspot", "toSnov"] as const).map((way) => (
        <ConstantCard
          key={way}
          way={way}
          draft={draft[way]}
          onChange={(constant) => change({ [way]: constant })}
          offered={offered[way]}
          unavailable={open[way] ? null : unavailable}
          reason={reasonOf(way)}
          error={errorOf(way)}
          integrationId={settings.id}
          actions={actions}
        />
      ))}
    </Stack>
  );
}

function toDraft(constant: SectionProps["settings"]["constantToSnov"]): ConstantDraft {
  return { on: constant !== null, field: constant?.field ?? null, value: constant?.value ?? null };
}

function faultOf({ on, field, value }: ConstantDraft, offered: FieldDefinition[]): string | null {
  if (!on) return null;
  if (!field) return "constant_field_missing";
  if (!offered.some(({ key }) => key === field)) return "constant_field_unknown";
  return isEmpty(value) ? "constant_value_missing" : null;
}

/** What is no longer offered, and hidden because its direction is closed, does not keep the rest from being saved. */
function toInput({ on, field, value }: ConstantDraft, offered: FieldDefinition[]) {
  return on && field && offered.some(({ key }) => key === field) ? { field, value } : null;
}
