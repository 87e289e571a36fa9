import type { IntegrationActions } from "@/components/integrations/section";
import * as act from "./settings-actions";

/** The server actions that the sections of the wizard and of the settings page are given. */
export const integrationActions = {
  saveDirection: act.saveDirectionAction,
  saveDataSettings: act.saveDataSettingsAction,
  switchMarks: act.switchMarksAction,
  addMapping: act.addMappingAction,
  updateMapping: act.updateMappingAction,
  replaceMapping: act.replaceMappingAction,
  removeMapping: act.removeMappingAction,
  saveConstants: act.saveConstantsAction,
  saveSafety: act.saveSafetyAction,
  completeStep: act.completeStepAction,
  finishSetup: act.finishSetupAction,
  launch: act.launchIntegrationAction,
  createList: act.createReceivingListAction,
  createCustomField: act.createMappedFieldAction,
  createHubspotProperty: act.createHubspotPropertyAction,
  refreshProperties: act.refreshPropertiesAction,
} satisfies IntegrationActions;
