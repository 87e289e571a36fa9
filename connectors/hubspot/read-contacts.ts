import type { BatchApi } from "@hubspot/api-client/lib/codegen/crm/contacts/index.js";
import { chunks } from "@/lib/chunks";
import { errorFields, log } from "@/lib/log";
import { matchKey } from "@/sync/match-key";
import { BatchAnswer } from "./batch-answer";
import { BATCH_SIZE, type Contact, MORE_EMAILS, propertiesToAsk, splitList } from "./contact";
import { errorFromBatchItem } from "./read-error";
import { RemoteError } from "./remote-error";
import { isGatewaysNo } from "./said-no";
import { understood } from "./sdk";

const CALL = "batch/read";

/** Keyed by the id that was asked for: a contact merged into another answers with the survivor. */
export async function readByIds(
  batch: BatchApi,
  ids: string[],
  properties: string[],
  { archived }: { archived: boolean },
): Promise<Map<string, Contact>> {
  const found = new Map<string, Contact>();
  for (const part of chunks([...new Set(ids)], BATCH_SIZE)) {
    const contacts = await read(batch, { ids: part, properties, archived });
    for (const [id, contact] of byAskedId(part, contacts, (contact) => contact)) found.set(id, contact);
  }
  return found;
}

/** Each result under the ids that asked for it; who bears an id comes before who answers to it since a merge. */
export function byAskedId<T>(ids: string[], results: T[], contactOf: (result: T) => Contact): Map<string, T> {
  const asked = new Set(ids);
  const found = new Map<string, T>();
  for (const result of results) {
    const { id: own, formerIds } = contactOf(result);
    for (const id of [own, ...formerIds])
      if (asked.has(id) && (id === own || !found.has(id))) found.set(id, result);
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

/** Keyed by the property's value in small letters: HubSpot tells no two values apart by them. */
export async function readByUnique(
  batch: BatchApi,
  property: string,
  values: string[],
  properties: string[],
): Promise<Map<string, Contact>> {
  const found = new Map<string, Contact>();
  const keys = [...new Set(values.map((value) => value.toLowerCase()))];
  for (const part of chunks(keys, BATCH_SIZE)) {
    const asked = new Set(part);
    const wanted = { ids: part, properties: [...properties, property], idProperty: property };
    for (const contact of await read(batch, wanted)) {
      const key = contact.properties[property]?.toLowerCase() ?? "";
      if (asked.has(key)) found.set(key, contact);
    }
  }
  return found;
}

/** Nobody's: it is an address like any other, and no gateway takes it for an attack. */
const HARMLESS = "nobody@example.com";

// An address that HubSpot, or a gateway before it, will not even look up counts as nobody's; it must not sink the others.
async function readTolerantly(
  batch: BatchApi,
  emails: string[],
  properties: string[],
  { isLetIn } = { isLetIn: false },
): Promise<Contact[]> {
  const byEmail = (ids: string[]) => read(batch, { ids, properties, idProperty: "email" });
  try {
    return await byEmail(emails);
  } catch (error) {
    if (!isGatewaysNo(error) && !(error instanceof RemoteError && error.kind === "rejected")) throw error;
    // Refused like all others, this one says that it is the account, or what is asked of anybody, and is thrown.
    if (!isLetIn) await byEmail([HARMLESS]);
    if (emails.length === 1) {
      log.warn("hubspot/address-not-looked-up", errorFields(error));
      return [];
    }
    const half = Math.ceil(emails.length / 2);
    const halves = [emails.slice(0, half), emails.slice(half)];
    const found: Contact[] = [];
    for (const part of halves)
      found.push(...(await readTolerantly(batch, part, properties, { isLetIn: true })));
    return found;
  }
}

type Asked = { ids: string[]; properties: string[]; idProperty?: string; archived?: boolean };

async function read(
  batch: BatchApi,
  { ids, properties, idProperty, archived = false }: Asked,
): Promise<Contact[]> {
  const { results, errors } = await understood(CALL, BatchAnswer, () =>
    batch.read(
      {
        inputs: ids.map((id) => ({ id })),
        properties: propertiesToAsk(properties),
        propertiesWithHistory: [],
        ...(idProperty ? { idProperty } : {}),
      },
      archived,
    ),
  );
  refuseOtherFaults(errors);
  return results.map(({ contact }) => contact);
}

/** An input that was not found is an answer; any other fault is not. */
export function refuseOtherFaults(errors: BatchAnswer["errors"], call = CALL): void {
  for (const item of errors ?? []) {
    const error = errorFromBatchItem(call, item);
    if (error.kind !== "not_found") throw error;
  }
}

function primary(contact: Contact): string[] {
  return contact.properties.email ? [contact.properties.email] : [];
}

function secondary(contact: Contact): string[] {
  return splitList(contact.properties[MORE_EMAILS]);
}
