import type { Account } from "../account/account";
import type { ContactList } from "./contact-list";

export function presentList(account: Account, list: ContactList) {
  return { ...common(account, list), size: account.lists.size(list.listId) };
}

/** Search answers the size as a text among the additional properties. */
export function presentFoundList(account: Account, list: ContactList) {
  return {
    ...common(account, list),
    additionalProperties: {
      hs_list_size: String(account.lists.size(list.listId)),
      hs_list_reference_count: "0",
    },
  };
}

function common(account: Account, list: ContactList) {
  return {
    listId: list.listId,
    listVersion: list.listVersion,
    name: list.name,
    objectTypeId: "0-1",
    processingType: list.processingType,
    processingStatus: "COMPLETE",
    createdById: String(account.info.user.id),
    updatedById: String(account.info.user.id),
    createdAt: new Date(list.createdAt).toISOString(),
    updatedAt: new Date(list.updatedAt).toISOString(),
    filtersUpdatedAt: new Date(list.createdAt).toISOString(),
  };
}
