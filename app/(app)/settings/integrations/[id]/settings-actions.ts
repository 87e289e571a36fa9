"use server";

import { revalidatePath } from "next/cache";
import { runAction } from "@/app/server/run-action";
import type { ActionResult } from "@/services/action-result";
import { addMapping } from "@/services/integrations/add-mapping";
import { completeStep } from "@/services/integrations/complete-step";
import { finishSetup } from "@/services/integrations/finish-setup";
import { launchIntegration } from "@/services/integrations/launch-integration";
import { removeMapping } from "@/services/integrations/remove-mapping";
import { replaceMapping } from "@/services/integrations/replace-mapping";
import { saveConstants } from "@/services/integrations/save-constants";
import { saveDataSettings } from "@/services/integrations/save-data-settings";
import { saveDirection } from "@/services/integrations/save-direction";
import { saveSafety } from "@/services/integrations/save-safety";
import { switchMarks } from "@/services/integrations/switch-marks";
import { updateMapping } from "@/services/integrations/update-mapping";
import { createHubspotProperty } from "@/services/properties/create-hubspot-property";
import { refreshProperties } from "@/services/properties/refresh-properties";
import { createCustomField } from "@/services/prospects/create-custom-field";
import { createList } from "@/services/prospects/create-list";

type Input<Verb extends (given: never) => unknown> = Parameters<Verb>[0] extends { input: infer I }
  ? I
  : never;

export async function saveDirectionAction(input: Input<typeof saveDirection>) {
  return refreshed(runAction((ctx) => saveDirection({ ctx, input })));
}

export async function saveDataSettingsAction(input: Input<typeof saveDataSettings>) {
  return refreshed(runAction((ctx) => saveDataSettings({ ctx, input })));
}

export async function switchMarksAction(input: Input<typeof switchMarks>) {
  return refreshed(runAction((ctx) => switchMarks({ ctx, input })));
}

export async function addMappingAction(input: Input<typeof addMapping>) {
  return refreshed(runAction((ctx) => addMapping({ ctx, input })));
}

export async function updateMappingAction(input: Input<typeof updateMapping>) {
  return refreshed(runAction((ctx) => updateMapping({ ctx, input })));
}

export async function replaceMappingAction(input: Input<typeof replaceMapping>) {
  return refreshed(runAction((ctx) => replaceMapping({ ctx, input })));
}

export async function removeMappingAction(input: Input<typeof removeMapping>) {
  return refreshed(runAction((ctx) => removeMapping({ ctx, input })));
}

export async function saveConstantsAction(input: Input<typeof saveConstants>) {
  return refreshed(runAction((ctx) => saveConstants({ ctx, input })));
}

export async function saveSafetyAction(input: Input<typeof saveSafety>) {
  return refreshed(runAction((ctx) => saveSafety({ ctx, input })));
}

export async function completeStepAction(input: Input<typeof completeStep>) {
  return refreshed(runAction((ctx) => completeStep({ ctx, input })));
}

export async function finishSetupAction(input: Input<typeof finishSetup>) {
  return refreshed(runAction((ctx) => finishSetup({ ctx, input })));
}

export async function launchIntegrationAction(input: Input<typeof launchIntegration>) {
  return refreshed(runAction((ctx) => launchIntegration({ ctx, input })));
}

export async function createReceivingListAction(input: Input<typeof createList>) {
  return refreshed(runAction((ctx) => createList({ ctx, input })));
}

export async function createMappedFieldAction(input: Input<typeof createCustomField>) {
  return refreshed(runAction((ctx) => createCustomField({ ctx, input })));
}

export async function createHubspotPropertyAction(input: Input<typeof createHubspotProperty>) {
  return refreshed(runAction((ctx) => createHubspotProperty({ ctx, input })));
}

export async function refreshPropertiesAction(input: Input<typeof refreshProperties>) {
  return refreshed(runAction((ctx) => refreshProperties({ ctx, input })));
}

/** The pages the browser keeps for its back button would show settings of before. */
async function refreshed<T>(result: Promise<ActionResult<T>>): Promise<ActionResult<T>> {
  const settled = await result;
  if (settled.ok) revalidatePath("/settings/integrations", "layout");
  return settled;
}
