import type { Account } from "../account/account";
import { invalid } from "../http/api-error";
import type { Contact } from "./contact";

/** By record id, by e-mail (secondary addresses too), or by a property with unique values. */
export function findContact(account: Account, id: string, idProperty?: string | null): Contact | undefined {
  if (!idProperty || idProperty === "hs_object_id") return account.contacts.get(id);
  if (idProperty === "email") return account.contacts.byEmail(id);
  if (account.properties.get(idProperty)?.hasUniqueValue) return account.contacts.byUnique(idProperty, id);
  throw invalid(`Unable to perform the call by non-unique property: ${idProperty}`);
}
