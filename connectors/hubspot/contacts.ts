import * as sdk from "@hubspot/api-client/lib/codegen/crm/contacts/index.js";
import { z } from "zod";
import { type ArchiveOutcome, archiveContacts } from "./archive-contacts";
import { type Contact, propertiesToAsk, WireContact, type WriteOutcome } from "./contact";
import { readByEmails, readByIds, readByUnique } from "./read-contacts";
import { type HistoryEntry, type HistoryRequest, readHistories } from "./read-histories";
import { configureSdk, understood } from "./sdk";
import type { Hold, Transport } from "./transport";
import { createContacts, updateContacts } from "./write-contacts";

export type { Contact, HistoryEntry, WriteOutcome };

export type HubspotContacts = {
  /** Keyed by the REQUESTED id: a merged contact answers with another one, so `contact.id` may differ. */
  readByIds(ids: string[], properties: string[]): Promise<Map<string, Contact>>;
  /** Those that lie in the recycle bin, keyed as by `readByIds`. */
  readArchivedByIds(ids: string[], properties: string[]): Promise<Map<string, Contact>>;
  /** What each property held, newest first, keyed by the REQUESTED id. Contacts in the recycle bin are absent. */
  readHistories(requests: HistoryRequest[]): Promise<Map<string, Record<string, HistoryEntry[]>>>;
  /** Keyed by match key, secondary addresses included. */
  readByEmails(emails: string[], properties: string[]): Promise<Map<string, Contact>>;
  /** Keyed by the value, in small letters, of a property of which no two contacts have the same. */
  readByUnique(property: string, values: string[], properties: string[]): Promise<Map<string, Contact>>;
  /** Keyed by trace, which must be unique. `hold` is asked right before each call goes out. */
  create(
    inputs: { trace: string; properties: Record<string, string> }[],
    hold?: Hold,
  ): Promise<Map<string, WriteOutcome>>;
  /** Keyed by id; `hold` as by `create`. */
  update(
    inputs: { id: string; properties: Record<string, string> }[],
    hold?: Hold,
  ): Promise<Map<string, WriteOutcome>>;
  /**
   * To the recycle bin, keyed by id. One that lies there already, or was never there, is done as well.
   * An id that was merged away may take its survivor with it: give only ids that were just read. `hold` as by `create`.
   */
  archive(ids: string[], hold?: Hold): Promise<Map<string, ArchiveOutcome>>;
  /** Everything, a hundred at a time, in the order of ids. */
  listPage(after: string | undefined, properties: string[]): Promise<ListedPage>;
  /** What lies in the recycle bin, a hundred at a time, in no order of time. */
  listArchivedPage(after: string | undefined): Promise<ListedPage>;
  searchChanged(query: ChangedQuery): Promise<Contact[]>;
};
type ListedPage = { contacts: Contact[]; next: string | undefined };

/** Contacts changed in a window of time, in the order of ids: `afterId` "" begins, a full page asks for the next. */
export type ChangedQuery = { from: Date; until: Date; afterId: string; properties: string[] };
export const SEARCH_PAGE_SIZE = 200;
const LIST_PAGE_SIZE = 100;
/** Letters of property names in the address of one call: HubSpot refuses one of some 8,000 with a 414. */
const LONGEST_NAMES = 4_000;

const Page = z.object({
  results: z.array(WireContact),
  paging: z.object({ next: z.object({ after: z.string() }).optional() }).optional(),
});

export function openContacts(apiUrl: string, transport: Transport): HubspotContacts {
  const configuration = configureSdk(sdk, apiUrl, transport);
  const { basic, batch } = apisOf(configuration);
  const search = new sdk.SearchApi(configuration);
  const writing = (hold: Hold | undefined) =>
    apisOf(configureSdk(sdk, apiUrl, (request) => transport({ ...request, hold })));
  return {
    readByIds: (ids, properties) => readByIds(batch, ids, properties, { archived: false }),
    readArchivedByIds: (ids, properties) => readByIds(batch, ids, properties, { archived: true }),
    readHistories: (requests) => readHistories(batch, requests),
    readByEmails: (emails, properties) => readByEmails(batch, emails, properties),
    readByUnique: (property, values, properties) => readByUnique(batch, property, values, properties),
    create: (inputs, hold) => createContacts({ ...writing(hold), reads: batch }, inputs),
    update: (inputs, hold) => updateContacts(writing(hold), inputs),
    archive: (ids, hold) => archiveContacts(writing(hold), ids),
    async listPage(after, properties) {
      const asked = propertiesToAsk(properties);
      const fits = asked.reduce((sum, name) => sum + "&properties=".length + name.length, 0) <= LONGEST_NAMES;
      const listed = await list(basic, after, fits ? asked : propertiesToAsk([]), { archived: false });
      return fits ? listed : { ...listed, contacts: await readListed(batch, listed.contacts, properties) };
    },
    listArchivedPage: (after) => list(basic, after, propertiesToAsk([]), { archived: true }),
    async searchChanged(query) {
      const page = await understood("search contacts", Page, () => search.doSearch(changedRequest(query)));
      return page.results.map(({ contact }) => contact);
    },
  };
}

function apisOf(configuration: sdk.Configuration) {
  return { basic: new sdk.BasicApi(configuration), batch: new sdk.BatchApi(configuration) };
}

async function list(
  basic: sdk.BasicApi,
  after: string | undefined,
  properties: string[],
  { archived }: { archived: boolean },
): Promise<ListedPage> {
  const page = await understood("list contacts", Page, () =>
    basic.getPage(LIST_PAGE_SIZE, after, properties, undefined, undefined, archived),
  );
  return { contacts: page.results.map(({ contact }) => contact), next: page.paging?.next?.after };
}

/** The same contacts with these properties, without those that were archived or merged away since. */
async function readListed(batch: sdk.BatchApi, listed: Contact[], properties: string[]): Promise<Contact[]> {
  const ids = listed.map(({ id }) => id);
  const found = await readByIds(batch, ids, properties, { archived: false });
  return ids.flatMap((id) => {
    const contact = found.get(id);
    return contact?.id === id ? [contact] : [];
  });
}

// Paged by id and not by offset: rows that move while we read are not skipped, and there is no cap of 10,000.
function changedRequest({ from, until, afterId, properties }: ChangedQuery) {
  const filter = (propertyName: string, operator: sdk.FilterOperatorEnum, value: string) => ({
    propertyName,
    operator,
    value,
  });
  return {
    filterGroups: [
      {
        filters: [
          filter("lastmodifieddate", sdk.FilterOperatorEnum.Gte, String(from.getTime())),
          filter("lastmodifieddate", sdk.FilterOperatorEnum.Lte, String(until.getTime())),
          filter("hs_object_id", sdk.FilterOperatorEnum.Gt, afterId || "0"),
        ],
      },
    ],
    sorts: sortsById(),
    properties: propertiesToAsk(properties),
    limit: SEARCH_PAGE_SIZE,
  };
}

/** HubSpot's guide sorts by objects; the SDK's type knows only strings, and sends either as it is. */
function sortsById(): string[] {
  return [{ propertyName: "hs_object_id", direction: "ASCENDING" }] as unknown as string[];
}
