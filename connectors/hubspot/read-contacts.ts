import type { BatchApi } from "@hubspot/api-client/lib/codegen/crm/contacts/index.js";
import { matchKey } from "@/sync/match-key";
import { BatchAnswer } from "./batch-answer";
import { BATCH_SIZE, type Contact, chunks } from "./contact";
import { errorFromBatchItem } from "./read-error";
import { RemoteError } from "./remote-error";
import { understood } from "./sdk";

const CALL = "batch/read";
const MERGED_IDS = "hs_merged_object_ids";
const MORE_EMAILS = "hs_additional_emails";

/** Keyed by the id that was asked for: a contact merged into another answers with the survivor. */
export async function readByIds(
  batch: BatchApi,
  ids: string[],
  properties: string[],
): Promise<Map<string, Contact>> {
  const found = new Map<string, Contact>();
  for (const part of chunks([...new Set(ids)], BATCH_SIZE)) {
    const asked = new Set(part);
    for (const contact of await read(batch, { ids: part, properties: [...properties, MERGED_IDS] }))
      for (const id of [contact.id, ...split(contact.properties[MERGED_IDS])])
        if (asked.has(id) && (id === contact.id || !found.has(id))) found.set(id, contact);
  }
  return found;
}

/** Keyed by match key. A contact whose primary address it is comes before one that has it as another. */
export async function readByEmails(
  batch: BatchApi,
  emails: string[],
  properties: string[],
): Promise<Map<string, Contact>> {
  const found = new Map<string, Contact>();
  const keys = [...new Set(emails.map(matchKey).filter(Boolean))];
  for (const part of chunks(keys, BATCH_SIZE)) {
    const asked = new Set(part);
    const contacts = await readTolerantly(batch, part, [...properties, "email", MORE_EMAILS]);
    for (const addressesOf of [primary, secondary])
      for (const contact of contacts)
        for (const key of addressesOf(contact).map(matchKey))
          if (asked.has(key) && !found.has(key)) found.set(key, contact);
  }
  return found;
}

// An address that HubSpot will not even look up belongs to no contact; it must not sink the others.
async function readTolerantly(batch: BatchApi, emails: string[], properties: string[]): Promise<Contact[]> {
  try {
    return await read(batch, { ids: emails, properties, idProperty: "email" });
  } catch (error) {
    if (!(error instanceof RemoteError) || error.kind !== "rejected") throw error;
    if (emails.length === 1) return [];
    const half = Math.ceil(emails.length / 2);
    const left = await readTolerantly(batch, emails.slice(0, half), properties);
    return [...left, ...(await readTolerantly(batch, emails.slice(half), properties))];
  }
}

async function read(
  batch: BatchApi,
  { ids, properties, idProperty }: { ids: string[]; properties: string[]; idProperty?: string },
): Promise<Contact[]> {
  const { results, errors } = await understood(CALL, BatchAnswer, () =>
    batch.read(
      {
        inputs: ids.map((id) => ({ id })),
        properties: [...new Set(properties)],
        propertiesWithHistory: [],
        ...(idProperty ? { idProperty } : {}),
      },
      false,
    ),
  );
  for (const item of errors ?? []) {
    const error = errorFromBatchItem(CALL, item);
    if (error.kind !== "not_found") throw error;
  }
  return results.map(({ contact }) => contact);
}

function primary(contact: Contact): string[] {
  return contact.properties.email ? [contact.properties.email] : [];
}

function secondary(contact: Contact): string[] {
  return split(contact.properties[MORE_EMAILS]);
}

function split(list: string | null | undefined): string[] {
  return (list ?? "").split(";").filter(Boolean);
}
