import type { Account } from "../account/account";
import { type Contact, readProperty } from "./contact";
import type { Source } from "./source";

export function emitChanges(
  account: Account,
  contact: Contact,
  names: string[],
  at: number,
  source: Source,
): void {
  for (const name of names)
    account.emit({
      kind: "propertyChange",
      objectId: contact.id,
      occurredAt: at,
      source,
      propertyName: name,
      propertyValue: webhookValue(account, name, readProperty(contact, name) ?? ""),
    });
}

// Webhooks carry dates as milliseconds, unlike the API's answers.
function webhookValue(account: Account, name: string, value: string): string {
  const type = account.properties.get(name)?.type;
  return value !== "" && (type === "date" || type === "datetime") ? String(Date.parse(value)) : value;
}
