/** Must be the required scopes of the app as HubSpot knows it: any difference blocks the installation. */
export const REQUIRED_SCOPES = [
  "oauth",
  "crm.objects.contacts.read",
  "crm.objects.contacts.write",
  "crm.schemas.contacts.read",
  "crm.schemas.contacts.write",
  "crm.lists.read",
];

/** What tells the names of the account's users. */
export const OWNERS_SCOPE = "crm.objects.owners.read";
/** Asked for, and done without where the account does not have them. */
export const OPTIONAL_SCOPES = [OWNERS_SCOPE];

/** What no integration can do without; the others each belong to something that may rest. */
export const SYNC_SCOPES = ["crm.objects.contacts.read", "crm.schemas.contacts.read"];
/** Of those that write to HubSpot. */
export const WRITE_SCOPE = "crm.objects.contacts.write";
/** Of those that take in only the members of chosen lists. */
export const LISTS_SCOPE = "crm.lists.read";

/** Of the token that the app takes for itself: the journal's own, and those of the objects that it is asked to tell of. */
export const JOURNAL_SCOPES = [
  "developer.webhooks_journal.read",
  "developer.webhooks_journal.subscriptions.read",
  "developer.webhooks_journal.subscriptions.write",
  "crm.objects.contacts.read",
];
