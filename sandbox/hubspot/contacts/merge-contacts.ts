import type { Account } from "../account/account";
import { ApiError, invalid, notFound } from "../http/api-error";
import { additionalEmails, type Contact } from "./contact";
import { emitChanges } from "./emit-changes";
import type { Source } from "./source";

const MAX_IDENTITIES = 250;

/**
 * The survivor gets an id of its own, and both old ids answer with it from then on. The primary's
 * values win, its gaps are filled, and the other's addresses become secondary ones.
 */
export function mergeContacts(account: Account, primaryId: string, otherId: string, source: Source): Contact {
  const primary = account.contacts.live(primaryId);
  const other = account.contacts.live(otherId);
  if (!primary || !other) throw notFound(`Could not find contact ${primary ? otherId : primaryId}`);
  if (primary.id === other.id) throw invalid("Cannot merge a contact with itself");
  const mergedIds = [
    ...new Set([...(primary.mergedIds ?? []), ...(other.mergedIds ?? []), primary.id, other.id]),
  ];
  if (mergedIds.length > MAX_IDENTITIES)
    throw new ApiError(
      414,
      "VALIDATION_ERROR",
      `Cannot have more than ${MAX_IDENTITIES} identities on a profile`,
    );
  const at = account.now();
  const merged = survivor(account.contacts.nextId(), primary, other, at, mergedIds);
  const lists = [primary, other].flatMap(({ id }) => account.lists.listsOf(id));
  for (const old of [primary, other]) {
    account.contacts.remove(old);
    account.contacts.redirect(old.id, merged.id);
    account.lists.leaveAll(old.id);
  }
  account.contacts.save(merged);
  for (const { list } of lists) if (!list.rule) account.lists.add(list.listId, merged.id, at);
  account.lists.refresh(merged, at);
  const moved = Object.keys(merged.properties).filter(
    (name) => merged.properties[name] !== primary.properties[name],
  );
  account.emit({
    kind: "merge",
    objectId: merged.id,
    occurredAt: at,
    source,
    primaryObjectId: primary.id,
    mergedObjectIds: [other.id],
    newObjectId: merged.id,
    numberOfPropertiesMoved: moved.length,
  });
  const merging: Source = { type: "MERGE_OBJECTS", id: source.id };
  account.emit({ kind: "creation", objectId: merged.id, occurredAt: at, source: merging });
  account.emit({ kind: "deletion", objectId: other.id, occurredAt: at, source: merging });
  emitChanges(account, merged, moved, at, merging);
  return merged;
}

function survivor(id: string, primary: Contact, other: Contact, at: number, mergedIds: string[]): Contact {
  const properties = { ...other.properties, ...primary.properties };
  const emails = [
    primary.properties.email,
    ...additionalEmails(primary),
    other.properties.email,
    ...additionalEmails(other),
  ];
  const secondary = [...new Set(emails)].filter((email) => email && email !== properties.email);
  if (secondary.length > 0) properties.hs_additional_emails = secondary.join(";");
  else delete properties.hs_additional_emails;
  return {
    id,
    properties,
    history: { ...other.history, ...keepOwn(primary, other) },
    createdAt: Math.min(primary.createdAt, other.createdAt),
    updatedAt: at,
    source: primary.source,
    mergedIds,
  };
}

// A value that moved keeps the time and source it had on the contact it came from.
function keepOwn(primary: Contact, other: Contact): Contact["history"] {
  const history = { ...primary.history };
  for (const name of Object.keys(primary.properties))
    history[name] ??= [[primary.properties[name] ?? "", primary.createdAt, primary.source]];
  for (const name of Object.keys(other.properties))
    if (!(name in history))
      history[name] = other.history[name] ?? [[other.properties[name] ?? "", other.createdAt, other.source]];
  return history;
}
