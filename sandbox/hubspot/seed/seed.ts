import { Account, type AccountInfo } from "../account/account";
import type { Owner } from "../account/owner";
import type { Clock } from "../clock";
import type { Store } from "../store/store";
import { seedAccounts, seedOwners } from "./accounts";
import { defaultProperties, propertyGroups } from "./default-properties";
import { seedContacts, seedLists } from "./seed-contacts";

export type SeedName = "demo" | "empty";

/** Both accounts with their properties and owners; `demo` adds people and lists. */
export function seed(store: Store, name: SeedName, clock: Clock): void {
  for (const info of seedAccounts) {
    store.put<AccountInfo>("account", String(info.portalId), info);
    const account = new Account(store, info, clock, () => ({ searchLagMs: 0, mergeKeepsId: false }), {
      contact: () => {},
      membership: () => {},
    });
    for (const group of propertyGroups) account.properties.saveGroup(group);
    for (const property of defaultProperties()) account.properties.save(property);
    for (const owner of seedOwners(info)) store.put<Owner>(`owner:${info.portalId}`, owner.id, owner);
    if (name === "empty") continue;
    seedLists(account);
    if (info === seedAccounts[0]) seedContacts(account, 1, 400);
    else seedContacts(account, 1001, 25);
  }
}
