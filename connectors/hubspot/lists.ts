import * as sdk from "@hubspot/api-client/lib/codegen/crm/lists/index.js";
import { z } from "zod";
import { chunks } from "@/lib/chunks";
import { API_VERSION } from "./api-version";
import { callBatch } from "./call-json";
import { BATCH_SIZE, CONTACT_TYPE } from "./contact";
import { refuseOtherFaults } from "./read-contacts";
import { ErrorBody } from "./read-error";
import { RemoteError } from "./remote-error";
import { configureSdk, understood } from "./sdk";
import type { Transport } from "./transport";

export type ContactList = { id: string; name: string; size: number | undefined };

export type HubspotLists = {
  /** Contact lists whose name contains the query, all of them for "". */
  search(query: string): Promise<ContactList[]>;
  /** Members in the order in which they joined; `next` is missing on the last page, which may grow. */
  joinedPage(listId: string, after: string | undefined): Promise<JoinedPage>;
  /** Which lists each contact is in; a contact in none has an empty set. */
  membershipsOf(contactIds: string[]): Promise<Map<string, Set<string>>>;
};

export type JoinedPage = { members: { contactId: string; joinedAt: Date }[]; next: string | undefined };

const SEARCH_PAGE = 250;
const MEMBERSHIP_PAGE = 250;

const Found = z.object({
  lists: z.array(
    z.object({
      listId: z.string(),
      name: z.string(),
      objectTypeId: z.string().optional(),
      additionalProperties: z.record(z.string(), z.string().nullable()).optional(),
    }),
  ),
  hasMore: z.boolean(),
  offset: z.number(),
});
const Members = z.object({
  results: z.array(z.object({ recordId: z.string(), membershipTimestamp: z.date() })),
  paging: z.object({ next: z.object({ after: z.string() }).optional() }).optional(),
});
const MembershipBatch = z.object({
  results: z.array(
    z.object({ recordId: z.string(), recordListMemberships: z.array(z.object({ listId: z.string() })) }),
  ),
  errors: z.array(ErrorBody).optional(),
  numErrors: z.number().optional(),
});
type MembershipBatch = z.infer<typeof MembershipBatch>;

export function openLists(apiUrl: string, transport: Transport): HubspotLists {
  const configuration = configureSdk(sdk, apiUrl, transport);
  const lists = new sdk.ListsApi(configuration);
  const memberships = new sdk.MembershipsApi(configuration);
  return {
    search: (query) => searchLists(lists, query),
    async joinedPage(listId, after) {
      const page = await understood("list memberships", Members, () =>
        memberships.getPageOrderedByAddedToListDate(listId, after, undefined, MEMBERSHIP_PAGE),
      );
      const members = page.results.map(({ recordId, membershipTimestamp }) => ({
        contactId: recordId,
        joinedAt: membershipTimestamp,
      }));
      return { members, next: page.paging?.next?.after };
    },
    async membershipsOf(contactIds) {
      const found = new Map(contactIds.map((id) => [id, new Set<string>()]));
      for (const part of chunks([...found.keys()], BATCH_SIZE)) {
        const { answer, inPart } = await callBatch(transport, MembershipBatch, {
          method: "POST",
          url: `${apiUrl}/crm/lists/${API_VERSION}/records/memberships/batch/read`,
          body: JSON.stringify({
            inputs: part.map((recordId) => ({ objectTypeId: CONTACT_TYPE, recordId })),
          }),
        });
        if (inPart || answer.errors?.length || answer.numErrors) requireAll(part, answer);
        for (const { recordId, recordListMemberships } of answer.results)
          for (const { listId } of recordListMemberships) found.get(recordId)?.add(listId);
      }
      return found;
    },
  };
}

/**
 * Who is left out of a partial answer is in lists that nobody knows; only who was not found is in none. HubSpot's
 * description does not say that a contact in no list has a row in a whole answer.
 */
function requireAll(asked: string[], { results, errors = [] }: MembershipBatch): void {
  const call = "list memberships";
  refuseOtherFaults(errors, call);
  const ids = new Set(asked);
  const rows = results.map(({ recordId }) => recordId);
  const named = errors.map(({ context }) =>
    Object.values(context ?? {})
      .flat()
      .filter((id) => ids.has(id)),
  );
  const answered = new Set([...rows, ...named.flat()]);
  const missing = asked.filter((id) => !answered.has(id)).length;
  // A merged contact may answer by another id, and a fault need not say whose it is.
  const unnamed = rows.filter((id) => !ids.has(id)).length + named.filter((those) => !those.length).length;
  if (missing > unnamed)
    throw new RemoteError("transient", `${call}: ${missing} of ${asked.length} were not answered`);
}

async function searchLists(lists: sdk.ListsApi, query: string): Promise<ContactList[]> {
  const found: ContactList[] = [];
  let offset = 0;
  for (;;) {
    const page = await understood("search lists", Found, () =>
      lists.doSearch({
        query,
        offset,
        count: SEARCH_PAGE,
        listIds: [],
        processingTypes: [],
        additionalProperties: ["hs_list_size"],
      }),
    );
    for (const { listId, name, objectTypeId, additionalProperties } of page.lists)
      if ((objectTypeId ?? CONTACT_TYPE) === CONTACT_TYPE)
        found.push({ id: listId, name, size: toSize(additionalProperties?.hs_list_size) });
    if (!page.hasMore || page.offset <= offset) return found;
    offset = page.offset;
  }
}

function toSize(text: string | null | undefined): number | undefined {
  return text && /^\d+$/.test(text) ? Number(text) : undefined;
}
