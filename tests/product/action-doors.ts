import type { Ids } from "../support/furnished-workspace";

type ActionDoor = {
  /** Only owners and admins. */
  admin?: true;
  /** Inputs with somebody else's ids; `own` are the caller's. */
  inputs?: (foreign: Ids, own: Ids) => unknown[];
  /** For people who are not signed in. */
  open?: true;
  /** Why it refuses, where that is not the answer to an id that does not exist. */
  refusal?: string;
  /** Where it sends the person instead of an answer. */
  redirects?: string;
};

const ofIntegration = (more: (ids: Ids) => object = () => ({})): ActionDoor => ({
  admin: true,
  inputs: (foreign) => [{ integrationId: foreign.integration, ...more(foreign) }],
});
const ofTransfer = (more = {}): ActionDoor => ({
  admin: true,
  inputs: ({ transfer }) => [{ runId: transfer, ...more }],
});
const customField = (id: string) => `custom:${id}`;
const takeSnov = { kind: "take", side: "snov" };
const allScope = { kind: "all" };

/** How every server action keeps out whom it must; see `doors.ts`. */
export const actions: Record<string, ActionDoor> = {
  markReadAction: { inputs: ({ notice }) => [{ ids: [notice] }] },

  createListAction: {},
  renameListAction: { inputs: ({ list }) => [{ id: list, name: "Taken over" }] },
  restoreListAction: { inputs: ({ trashedList }) => [{ id: trashedList }] },
  trashListAction: { inputs: ({ list }) => [{ id: list }] },

  changeListsAction: {
    inputs: (foreign, own) => [
      { ids: [foreign.prospect], add: [], remove: [foreign.list] },
      { ids: [foreign.prospect], add: [own.list], remove: [] },
      { ids: [own.prospect], add: [foreign.list], remove: [] },
    ],
  },
  createProspectAction: {
    inputs: (foreign) => [
      { values: { first_name: "Eve" }, listIds: [foreign.list] },
      { values: { first_name: "Eve", [customField(foreign.field)]: "x" }, listIds: [] },
    ],
  },
  editProspectAction: {
    inputs: (foreign, own) => [
      { id: foreign.prospect, version: 1, changes: [{ field: "city", seen: null, value: "Taken over" }] },
      {
        id: own.prospect,
        version: 1,
        changes: [{ field: customField(foreign.field), seen: null, value: "x" }],
      },
    ],
  },
  restoreProspectsAction: { inputs: ({ trashedProspect }) => [{ ids: [trashedProspect] }] },
  trashProspectsAction: { inputs: ({ prospect }) => [{ ids: [prospect] }] },

  createCustomFieldAction: {},
  deleteCustomFieldAction: { admin: true, inputs: ({ field }) => [{ id: field }] },
  editCustomFieldAction: { inputs: ({ field }) => [{ id: field, name: "Taken over" }] },
  fieldUsesAction: { inputs: ({ field }) => [{ id: field }] },

  disconnectIntegrationAction: ofIntegration(),
  pauseIntegrationAction: ofIntegration(),
  resumeIntegrationAction: ofIntegration(),
  answerFuseAction: ofIntegration(() => ({ answer: "continue" })),
  compareNowAction: ofIntegration(),
  askHubspotAgainAction: ofIntegration(),
  tryAgainAction: {
    inputs: ({ integration, prospect }) => [
      { integrationId: integration },
      { integrationId: integration, record: { side: "snov", recordId: prospect } },
    ],
  },
  launchIntegrationAction: ofIntegration(),
  finishSetupAction: ofIntegration(),
  completeStepAction: ofIntegration(() => ({ step: "direction" })),
  refreshPropertiesAction: ofIntegration(),
  createHubspotPropertyAction: ofIntegration(() => ({ label: "Taken over", type: "text" })),
  saveDirectionAction: ofIntegration(() => ({ syncType: "to_hubspot" })),
  addMappingAction: {
    admin: true,
    inputs: (foreign, own) => [
      { integrationId: foreign.integration, snovField: customField(foreign.field), hubspotProperty: "fax" },
      { integrationId: own.integration, snovField: customField(foreign.field), hubspotProperty: "fax" },
    ],
  },
  updateMappingAction: {
    admin: true,
    inputs: ({ integration, mapping }, own) => [
      { integrationId: integration, mappingId: mapping, direction: "to_snov" },
      { integrationId: own.integration, mappingId: mapping, direction: "to_snov" },
    ],
  },
  replaceMappingAction: {
    admin: true,
    inputs: ({ integration, mapping }, own) => [
      { integrationId: integration, mappingId: mapping, snovField: "city", hubspotProperty: "state" },
      { integrationId: own.integration, mappingId: mapping, snovField: "city", hubspotProperty: "state" },
    ],
  },
  removeMappingAction: {
    admin: true,
    inputs: ({ integration, mapping }, own) => [
      { integrationId: integration, mappingId: mapping },
      { integrationId: own.integration, mappingId: mapping },
    ],
  },
  saveConstantsAction: {
    admin: true,
    inputs: (foreign, own) => [
      { integrationId: foreign.integration, toHubspot: null, toSnov: null },
      {
        integrationId: own.integration,
        toHubspot: null,
        toSnov: { field: customField(foreign.field), value: "x" },
      },
    ],
  },
  saveDataSettingsAction: {
    admin: true,
    inputs: (foreign, own) => [
      { integrationId: foreign.integration, outgoingScope: allScope },
      { integrationId: own.integration, receivingListId: foreign.list },
      { integrationId: own.integration, outgoingScope: { kind: "lists", ids: [foreign.list] } },
    ],
  },
  switchMarksAction: ofIntegration(() => ({ on: false })),
  saveSafetyAction: {
    admin: true,
    inputs: ({ integration, mapping }, own) => [
      { integrationId: integration, policy: "snov_wins", removals: "keep", fuses: { removals: 1 } },
      { integrationId: own.integration, exceptions: { [mapping]: "snov_wins" } },
    ],
  },
  startPreviewAction: {
    admin: true,
    inputs: (foreign, own) => [
      { integrationId: foreign.integration, fromSnov: true, fromHubspot: false },
      {
        integrationId: own.integration,
        fromSnov: true,
        fromHubspot: false,
        prospects: { kind: "lists", ids: [foreign.list] },
      },
    ],
  },
  allowTransferAction: ofTransfer(),
  pauseTransferAction: ofTransfer(),
  resumeTransferAction: ofTransfer(),
  cancelTransferAction: ofTransfer(),
  answerTransferAction: ofTransfer({ answer: "continue", seen: "" }),
  retryFailedAction: ofTransfer(),
  tryPreviewAgainAction: ofTransfer(),
  startUndoAction: {
    admin: true,
    inputs: (foreign, own) => [
      { runId: foreign.transfer },
      { integrationId: foreign.integration, activityId: 1 },
      { integrationId: own.integration, activityId: 1 },
      { integrationId: foreign.integration, activityId: 1, settledField: "city" },
    ],
  },
  resolveConflictsAction: {
    inputs: ({ integration, conflict }) => [
      { integrationId: integration, resolutions: [{ conflictId: conflict, seen: 1, choice: takeSnov }] },
      {
        integrationId: integration,
        resolutionId: conflict,
        resolutions: [{ conflictId: conflict, seen: 1, choice: takeSnov }],
      },
    ],
  },
  resolveMatchingAction: {
    inputs: ({ integration }) => [
      { integrationId: integration, filter: {}, choice: takeSnov, snapshot: "10:10:" },
    ],
  },
  undoResolutionAction: {
    inputs: ({ integration, conflict }) => [
      { integrationId: integration, resolutionId: conflict },
      { integrationId: integration, resolutionId: conflict, conflictId: conflict },
    ],
  },
  previewRuleAction: ofIntegration(({ mapping }) => ({ mappingId: mapping, policy: "snov_wins" })),
  makeRuleAction: ofIntegration(({ mapping }) => ({
    seen: new Date(0).toISOString(),
    mappingId: mapping,
    policy: "snov_wins",
  })),
  createReceivingListAction: {},
  createMappedFieldAction: {},

  changeRoleAction: { admin: true, inputs: ({ owner }) => [{ userId: owner, role: "member" }] },
  inviteMemberAction: { admin: true },
  removeMemberAction: { admin: true, inputs: ({ owner }) => [{ userId: owner }] },
  withdrawInvitationAction: { admin: true, inputs: ({ invitation }) => [{ invitationId: invitation }] },

  savePreferenceAction: {},
  sendTestMailAction: {},
  changePasswordAction: {},
  editProfileAction: {},
  endSessionsAction: {},
  createWorkspaceAction: {},
  joinWorkspaceAction: { inputs: ({ token }) => [token], refusal: "invitation_for_another" },
  signUpAction: { open: true },
  signUpByInvitationAction: { open: true },
  switchWorkspace: { redirects: "/prospects", inputs: ({ workspace }) => [workspace] },
};
