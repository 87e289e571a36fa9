import type { Ref } from "react";
import type { WizardStep } from "@/lib/wizard-flow";
import type { ActionResult } from "@/services/action-result";
import type { IntegrationSettings } from "@/services/integrations/read-settings";
import type { CreateCustomField, CustomField } from "@/services/prospects/create-custom-field";
import type { Direction } from "@/sync/direction";
import type { FieldDefinition } from "@/sync/field-definition";
import type { Policy } from "@/sync/policy";

/** `next`: everything the step asks for must be there. `away`: what can be kept is kept, nobody is held back. */
export type Leaving = "next" | "away";

/** The wizard's steps, and what is only on the settings page. */
export type SectionName = WizardStep | "safety";

/** What the wizard and the settings page ask of a section. Sections bring no heading of their own. */
export type SectionHandle = {
  /** False where something must be put right first; the section says what. */
  save: (leaving: Leaving) => Promise<boolean>;
  /** Back to what is saved. */
  reset?: () => void;
};

export type SectionProps = {
  settings: IntegrationSettings;
  actions: IntegrationActions;
  ref?: Ref<SectionHandle>;
  /** Tells the settings page whether there is something to save. */
  onDirty?: (dirty: boolean) => void;
};

type Target = { integrationId: string; seen?: string };
type Saved<More = object> = Promise<ActionResult<{ updatedAt: string } & More>>;
type Pair = { snovField: string; hubspotProperty: string; direction?: Direction };
type ValueMap = { valueMap?: Record<string, string> };
type Constant = IntegrationSettings["constantToHubspot"];
export type DataChoices = Pick<
  IntegrationSettings,
  "receivingListId" | "statusProperty" | "statusValue" | "outgoingScope" | "incomingScope"
>;
export type SafetyChoices = Pick<IntegrationSettings, "policy" | "removals" | "fuses"> & {
  /** Mapping → its own policy; all others follow the integration's. */
  exceptions: Record<string, Policy>;
};

/** Server actions; each of them refreshes `settings` by itself. */
export type IntegrationActions = {
  saveDirection: (input: Target & { syncType: Direction }) => Saved<{ narrowed: number }>;
  saveDataSettings: (input: Target & Partial<DataChoices>) => Saved;
  switchMarks: (input: Target & { on: boolean }) => Saved;
  addMapping: (input: Target & Pair & ValueMap) => Saved<{ mappingId: string }>;
  updateMapping: (
    input: Target & { mappingId: string; direction?: Direction; policy?: Policy | null } & ValueMap,
  ) => Saved;
  replaceMapping: (
    input: Target & { mappingId: string; knowsConflicts?: boolean } & Pair & ValueMap,
  ) => Saved<{ mappingId: string }>;
  removeMapping: (input: Target & { mappingId: string; knowsConflicts?: boolean }) => Saved;
  saveConstants: (input: Target & { toHubspot: Constant; toSnov: Constant }) => Saved;
  saveSafety: (input: Target & Partial<SafetyChoices>) => Saved;
  completeStep: (input: { integrationId: string; step: WizardStep }) => Saved;
  finishSetup: (input: { integrationId: string }) => Saved;
  launch: (input: { integrationId: string }) => Promise<ActionResult<{ launchedAt: string }>>;
  createList: (input: { name: string }) => Promise<ActionResult<{ id: string; name: string }>>;
  createCustomField: (input: CreateCustomField) => Promise<ActionResult<CustomField>>;
  createHubspotProperty: (
    input: { integrationId: string } & Pick<FieldDefinition, "label" | "type"> & {
        options?: { label: string; value?: string }[];
      },
  ) => Promise<ActionResult<FieldDefinition>>;
  refreshProperties: (input: { integrationId: string }) => Promise<ActionResult<{ properties: number }>>;
};
