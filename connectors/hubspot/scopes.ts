/** Must be the required scopes of the app as HubSpot knows it: any difference blocks the installation. */
export const REQUIRED_SCOPES = [
  "oauth",
  "crm.objects.contacts.read",
  "crm.objects.contacts.write",
  "crm.schemas.contacts.read",
  "crm.schemas.contacts.write",
  "crm.lists.read",
];

/** Asked for, and done without where the account does not have them. */
export const OPTIONAL_SCOPES = ["crm.objects.owners.read"];
