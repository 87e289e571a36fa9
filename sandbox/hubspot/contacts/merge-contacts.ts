import type { Account } from "../account/account";
import { ApiError, invalid, notFound } from "../http/api-error";
import { VERSIONS_KEPT } from "./apply-changes";
import { additionalEmails, type Contact, encodeSource, type Version, versionsOf } from "./contact";
import { emitChanges } from "./emit-changes";
import type { Source } from "./source";

const MAX_IDENTITIES = 250;

/**
 * The survivor gets an id of its own, or keeps the primary's where the account has it so; every old id
 * answers with it from then on. The primary's values win, its gaps are filled, and the other's addresses become secondary ones.
 */
export function mergeContacts(account: Account, primaryId: string, otherId: string, source: Source): Contact {
  const primary = account.contacts.live(primaryId);
  const other = account.contacts.live(otherId);
  if (!primary || !other) throw notFound(`Could not find contact ${primary ? otherId : primaryId}`);
  if (primary.id === other.id) throw invalid("Cannot merge a contact with itself");
  const { mergeKeepsId } = account.settings();
  const gone = mergeKeepsId ? [other] : [primary, other];
  const mergedIds = [
    ...new Set([...(primary.mergedIds ?? []), ...(other.mergedIds ?? []), ...gone.map(({ id }) => id)]),
  ];
  if (mergedIds.length > MAX_IDENTITIES)
    throw new ApiError(
      414,
      "VALIDATION_ERROR",
      `Cannot have more than ${MAX_IDENTITIES} identities on a profile`,
    );
  const at = account.after(primary.updatedAt);
  const merging: Source = { type: "MERGE_OBJECTS", id: source.id };
  const properties = mergedProperties(primary, other);
  const merged: Contact = {
    id: mergeKeepsId ? primary.id : account.contacts.nextId(),
    properties,
    history: mergedHistory(properties, primary, other, at, encodeSource(merging)),
    createdAt: Math.min(primary.createdAt, other.createdAt),
    updatedAt: at,
    source: primary.source,
    mergedIds,
  };
  const lists = [primary, other].flatMap(({ id }) => account.lists.listsOf(id));
  for (const old of gone) {
    account.contacts.remove(old);
    account.contacts.redirect(old.id, merged.id);
    account.lists.leaveAll(old.id);
  }
  account.contacts.save(merged);
  for (const { list } of lists)
    if (!list.rule && !account.lists.has(list.listId, merged.id))
      account.lists.add(list.listId, merged.id, at);
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
  if (!mergeKeepsId) account.emit({ kind: "creation", objectId: merged.id, occurredAt: at, source: merging });
  account.emit({ kind: "deletion", objectId: other.id, occurredAt: at, source: merging });
  emitChanges(account, merged, moved, at, merging);
  return merged;
}

function mergedProperties(primary: Contact, other: Contact): Contact["properties"] {
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
  return properties;
}

// A value that moved keeps the time and source it had on the contact it came from. Where the primary had
// a past of its own, or nobody had the value, the merge set it.
function mergedHistory(
  properties: Contact["properties"],
  primary: Contact,
  other: Contact,
  at: number,
  source: string,
): Contact["history"] {
  const history: Contact["history"] = {};
  for (const name of new Set([...Object.keys(properties), ...Object.keys(primary.history)])) {
    const value = properties[name] ?? "";
    const own = versionsOf(primary, name);
    const past = own.length > 0 ? own : versionsOf(other, name);
    const set: Version = [value, at, source];
    history[name] = past[0]?.[0] === value ? past : [set, ...past].slice(0, VERSIONS_KEPT);
  }
  return history;
}
