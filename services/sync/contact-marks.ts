import type { HubspotContacts, WriteOutcome } from "@/connectors/hubspot/contacts";
import { isRefusal, type RefusedField, RemoteError } from "@/connectors/hubspot/remote-error";
import { isAboutDefinition } from "@/connectors/hubspot/said-no";
import type { Db } from "@/db/client";
import { errorFields, log } from "@/lib/log";
import { prospectNamed } from "@/sync/contact-mark";
import { ownValue } from "@/sync/own-value";
import { contactReader } from "./contact-reader";
import type { PageContext } from "./page-context";
import { readPairs } from "./read-pairs";
import type { RecordWork } from "./record-work";

export type ContactMarks = ReturnType<typeof contactMarks>;

/**
 * The ids of their prospects that a page's contacts are given. Invariants:
 * - an id rides on a write that there is anyway, and is part of no plan: nothing is agreed on by it, told or undone;
 * - where HubSpot does not take it, it alone is left out, and its record is none the worse;
 * - no second contact is made for a prospect whose id another one carries, unless that one is somebody else's.
 */
export function contactMarks({ mark }: Pick<PageContext, "mark">) {
  const without = new Set<RecordWork>();
  return {
    /** What to send with a record's fields. */
    of(work: RecordWork): Record<string, string> {
      const { prospect, contact } = work;
      if (mark === null || !prospect || without.has(work)) return {};
      return prospectNamed(ownValue(contact?.fields ?? {}, mark)) === prospect.id
        ? {}
        : { [mark]: prospect.id };
    },
    /**
     * Sends the record without it from here on where HubSpot's refusal names it, or may mean it; returns what it said.
     * `found`: what a look for the contact that carries it came to.
     */
    leaveOut(work: RecordWork, outcome: WriteOutcome, found?: Bearer): RefusedField[] {
      if (outcome.ok || !Object.keys(this.of(work)).length) return [];
      const { kind, said = "", fields = [] } = outcome.error;
      const named = fields.filter(({ property }) => property === mark);
      if (kind === "rejected" && named.length) {
        without.add(work);
        return named;
      }
      // Whose it is may be told as a conflict, which names no property: without it the next answer is about the address.
      if (kind !== "conflict" || mark === null || (work.plan.kind === "create" && !found)) return [];
      without.add(work);
      return [{ property: mark, code: "CONFLICT", message: said }];
    },
    /** Whether the contact that was to be made may be there already, whatever its address is by now. */
    mayBeTaken(work: RecordWork, outcome: WriteOutcome): boolean {
      if (mark === null || outcome.ok || work.plan.kind !== "create" || without.has(work)) return false;
      const { kind, fields = [] } = outcome.error;
      const ofMark = fields.filter(({ property }) => property === mark);
      return kind === "conflict" || (ofMark.length > 0 && !ofMark.some(isAboutDefinition));
    },
  };
}

/** Who carries the id of a prospect: its own contact, if there is one, or somebody else's. */
export type Bearer = { kind: "own"; contactId: string | null } | { kind: "others" };

/**
 * Looks again at prospects that were to have a contact made, knowing now who carries their ids. Those whose own contact it
 * is, or that are not to have one any more, go round again.
 */
export async function lookByMarks(
  sources: { db: Db; contacts: HubspotContacts },
  page: PageContext,
  works: RecordWork[],
): Promise<Map<RecordWork, Bearer>> {
  if (!works.length) return new Map();
  try {
    return await bearersOf(sources, page, works);
  } catch (error) {
    // What else the page has written must not be lost with this look-up.
    if (!(error instanceof RemoteError) || isRefusal(error)) throw error;
    log.warn("hubspot/bearers-not-read", errorFields(error));
    return new Map(works.map((work) => [work, { kind: "own", contactId: null }]));
  }
}

async function bearersOf(
  { db, contacts }: { db: Db; contacts: HubspotContacts },
  page: PageContext,
  works: RecordWork[],
): Promise<Map<RecordWork, Bearer>> {
  const ids = works.flatMap(({ prospect }) => prospect?.id ?? []);
  const reader = contactReader(contacts, page);
  const bearers = await reader.byMarks(ids);
  if (!bearers.size) return new Map();
  const asked = ids.map((recordId) => ({ side: "snov" as const, recordId }));
  const pairs = await readPairs(db, reader, page, asked, [...bearers.values()]);
  return new Map(
    works.flatMap((work): [RecordWork, Bearer][] => {
      const pair = pairs.find(({ prospect }) => prospect?.id === work.prospect?.id);
      const bearer = bearers.get(work.prospect?.id ?? "");
      const isAlone =
        pair && !pair.contact && !pair.dispute && !pair.apartFrom && pair.link?.id === work.link?.id;
      if (!isAlone) return [[work, { kind: "own", contactId: bearer?.id ?? null }]];
      return bearer ? [[work, { kind: "others" }]] : [];
    }),
  );
}
