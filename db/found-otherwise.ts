/**
 * What another source found that no webhook had told of stands among the notices as well, not under its account, so
 * that nobody takes it for HubSpot's own, but under the source that found it.
 */
export const foundOtherwise = {
  /** Each integration searches for itself. */
  search: (integrationId: string) => `search ${integrationId}`,
  journal: (accountId: string) => `journal ${accountId}`,
  /** Of the search it counts once a change has come from it: HubSpot also dates contacts anew for what is not mapped. */
  kinds: { found: "search.found", brought: "otherwise.brought" },
};
