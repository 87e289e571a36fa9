import type { Ids } from "../support/furnished-workspace";

/**
 * How every page, route and server action keeps out whom it must. Whatever is not named here fails the test, so
 * that nobody adds a door and forgets its lock.
 */

/** `open` needs no session; `own` shows nothing but the visitor's own workspace; a function names what `[id]` is. */
export const pages: Record<string, "open" | "own" | ((ids: Ids) => string)> = {
  "/": "own",
  "/invite/[token]": "open",
  "/lists": "own",
  "/lists/[id]": (ids) => `/lists/${ids.list}`,
  "/no-workspace": "own",
  "/notices": "own",
  "/prospects": "own",
  "/prospects/[id]": (ids) => `/prospects/${ids.prospect}`,
  "/prospects/new": (ids) => `/prospects/new?list=${ids.list}`,
  "/prospects/trash": "own",
  "/settings/fields": "own",
  "/settings/integrations": "own",
  "/settings/integrations/[id]": (ids) => `/settings/integrations/${ids.integration}`,
  "/settings/integrations/[id]/activity": (ids) =>
    `/settings/integrations/${ids.integration}/activity?run=${ids.transfer}`,
  "/settings/integrations/[id]/comparisons": (ids) => `/settings/integrations/${ids.integration}/comparisons`,
  "/settings/integrations/[id]/conflicts": (ids) => `/settings/integrations/${ids.integration}/conflicts`,
  "/settings/integrations/[id]/conflicts/decided": (ids) =>
    `/settings/integrations/${ids.integration}/conflicts/decided`,
  "/settings/integrations/[id]/records": (ids) => `/settings/integrations/${ids.integration}/records`,
  "/settings/integrations/[id]/settings": (ids) => `/settings/integrations/${ids.integration}/settings`,
  "/settings/integrations/[id]/setup": (ids) => `/settings/integrations/${ids.integration}/setup`,
  "/settings/integrations/[id]/setup/[step]": (ids) => `/settings/integrations/${ids.integration}/setup/data`,
  "/settings/integrations/[id]/setup/conflicts": (ids) =>
    `/settings/integrations/${ids.integration}/setup/conflicts`,
  "/settings/integrations/[id]/transfers": (ids) => `/settings/integrations/${ids.integration}/transfers`,
  "/settings/integrations/[id]/transfers/[runId]": (ids) =>
    `/settings/integrations/${ids.integration}/transfers/${ids.transfer}`,
  "/settings/integrations/[id]/transfers/new": (ids) =>
    `/settings/integrations/${ids.integration}/transfers/new`,
  "/settings/members": "own",
  "/settings/notices": "own",
  "/settings/profile": "own",
  "/sign-in": "open",
  "/sign-up": "open",
};

/** `signed` asks the caller for a signature, `open` for nothing, `redirects` sends the browser on with the reason. */
export const routes: Record<string, "open" | "signed" | "redirects" | "own" | ((ids: Ids) => string)> = {
  "GET /api/auth/[...nextauth]": "open",
  "GET /api/health": "open",
  "GET /api/hubspot/callback": "redirects",
  "GET /api/hubspot/connect": "redirects",
  "GET /api/inngest": "signed",
  "GET /api/integrations/[id]/activity": (ids) => `/api/integrations/${ids.integration}/activity`,
  "GET /api/integrations/[id]/activity/csv": (ids) => `/api/integrations/${ids.integration}/activity/csv`,
  "GET /api/integrations/[id]/activity/givers": (ids) =>
    `/api/integrations/${ids.integration}/activity/givers?ids=1`,
  "GET /api/integrations/[id]/charts": (ids) => `/api/integrations/${ids.integration}/charts`,
  "GET /api/integrations/[id]/comparisons": (ids) => `/api/integrations/${ids.integration}/comparisons`,
  "GET /api/integrations/[id]/conflicts": (ids) => `/api/integrations/${ids.integration}/conflicts`,
  "GET /api/integrations/[id]/conflicts/changes": (ids) =>
    `/api/integrations/${ids.integration}/conflicts/changes?ids=${ids.conflict}`,
  "GET /api/integrations/[id]/conflicts/decided": (ids) =>
    `/api/integrations/${ids.integration}/conflicts/decided`,
  "GET /api/integrations/[id]/conflicts/[conflictId]": (ids) =>
    `/api/integrations/${ids.integration}/conflicts/${ids.conflict}`,
  "GET /api/integrations/[id]/hubspot-lists": (ids) => `/api/integrations/${ids.integration}/hubspot-lists`,
  "GET /api/integrations/[id]/overview": (ids) => `/api/integrations/${ids.integration}/overview`,
  "GET /api/integrations/[id]/records": (ids) =>
    `/api/integrations/${ids.integration}/records?status=excluded&reason=no_email`,
  "GET /api/integrations/[id]/tried": (ids) => `/api/integrations/${ids.integration}/tried`,
  "GET /api/integrations/[id]/transfers": (ids) => `/api/integrations/${ids.integration}/transfers`,
  "GET /api/integrations/[id]/transfers/[runId]": (ids) => transferPath(ids),
  "GET /api/integrations/[id]/transfers/[runId]/csv": (ids) => `${transferPath(ids)}/csv`,
  "GET /api/integrations/[id]/transfers/[runId]/items": (ids) => `${transferPath(ids)}/items`,
  "GET /api/lists/[id]/uses": (ids) => `/api/lists/${ids.list}/uses`,
  "GET /api/notices": "own",
  "GET /api/notices/[id]/open": "redirects",
  "GET /api/notices/unread": "own",
  "GET /api/prospects": (ids) => `/api/prospects?list=${ids.list}`,
  "GET /api/prospects/[id]": (ids) => `/api/prospects/${ids.prospect}`,
  "GET /api/prospects/[id]/history": (ids) => `/api/prospects/${ids.prospect}/history`,
  "GET /api/prospects/[id]/why": (ids) => `/api/prospects/${ids.prospect}/why?field=city`,
  "GET /api/transfers/ended": "own",
  "POST /api/auth/[...nextauth]": "open",
  "POST /api/hubspot/webhooks": "signed",
  "POST /api/inngest": "signed",
  "PUT /api/inngest": "signed",
};

function transferPath(ids: Ids): string {
  return `/api/integrations/${ids.integration}/transfers/${ids.transfer}`;
}

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
