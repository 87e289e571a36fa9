/** The scopes the sandbox knows, in the words its permission page uses. */
export const scopeTexts: Record<string, string> = {
  oauth: "Know which account it is connected to",
  "crm.objects.contacts.read": "See contacts and their values",
  "crm.objects.contacts.write": "Create, change and delete contacts",
  "crm.schemas.contacts.read": "See which contact properties the account has",
  "crm.schemas.contacts.write": "Create and change contact properties",
  "crm.objects.contacts.sensitive.read": "See sensitive values of contacts",
  "crm.objects.contacts.sensitive.write": "Change sensitive values of contacts",
  "crm.objects.contacts.highly_sensitive.read": "See highly sensitive values of contacts",
  "crm.objects.contacts.highly_sensitive.write": "Change highly sensitive values of contacts",
  "crm.lists.read": "See contact lists and who is in them",
  "crm.lists.write": "Create lists and change who is in them",
  "crm.objects.owners.read": "See the names of contact owners",
};

const journalScopes = [
  "developer.webhooks_journal.read",
  "developer.webhooks_journal.subscriptions.read",
  "developer.webhooks_journal.subscriptions.write",
  "developer.webhooks_journal.snapshots.read",
  "developer.webhooks_journal.snapshots.write",
];

export function unknownScopes(scopes: string[]): string[] {
  return scopes.filter((scope) => !(scope in scopeTexts) && !journalScopes.includes(scope));
}

export function splitScopes(text: string | null): string[] {
  return [...new Set((text ?? "").split(/[\s+]+/).filter((scope) => scope !== ""))];
}
