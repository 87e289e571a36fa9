import type { Account } from "../account/account";
import type { PropertyType } from "../properties/property";
import { type Contact, readProperty } from "./contact";
import type { Source } from "./source";

export function emitChanges(
  account: Account,
  contact: Contact,
  names: string[],
  at: number,
  source: Source,
): void {
  for (const name of names) {
    const property = account.properties.get(name);
    const sensitive = property !== undefined && property.dataSensitivity !== "non_sensitive";
    account.emit({
      kind: "propertyChange",
      objectId: contact.id,
      occurredAt: at,
      source,
      propertyName: name,
      propertyValue: sensitive ? "REDACTED" : webhookValue(property?.type, readProperty(contact, name) ?? ""),
      sensitive,
    });
  }
}

// Webhooks carry dates as milliseconds, unlike the API's answers.
function webhookValue(type: PropertyType | undefined, value: string): string {
  return value !== "" && (type === "date" || type === "datetime") ? String(Date.parse(value)) : value;
}
