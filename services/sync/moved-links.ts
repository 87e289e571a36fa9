import { atOnce } from "@/db/at-once";
import type { Db, Tx } from "@/db/client";
import { lockSubject } from "@/db/lock-subject";
import { recordLinks } from "@/db/schema/sync";
import type { PageContext } from "./page-context";
import { linkRevision, ofRecords } from "./read-links";
import type { LinkRow, RecordWork } from "./record-work";

/** While it is held, nobody else can link, or commit a page of, this integration. */
export function lockLinks(tx: Tx, integrationId: string): Promise<void> {
  return lockSubject(tx, "links", integrationId);
}

/**
 * What a page's commit begins with. Pages of a transfer stand in line for the links one at a time, so that what was noticed
 * waits for one of them at most.
 */
export async function lockForCommit(
  tx: Tx,
  { integrationId, runId }: Pick<PageContext, "integrationId" | "runId">,
): Promise<void> {
  if (!runId) return await lockLinks(tx, integrationId);
  await atOnce([() => lockSubject(tx, "transfer's turn", integrationId), () => lockLinks(tx, integrationId)]);
}

/**
 * What was planned for records that another page has linked, or whose link it has written, since they were read:
 * it rests on a base that is no longer so. To be asked under `lockLinks`.
 */
export async function withMovedLinks(
  tx: Tx,
  integrationId: string,
  works: RecordWork[],
): Promise<Set<RecordWork>> {
  const links = currentLinks(tx, integrationId, works);
  const current = links ? await links.orderBy(recordLinks.id).for("update") : [];
  const moved = new Set<RecordWork>();
  const taken = new Set<string>();
  for (const work of works) {
    const unlinked = work.link ? [] : [work.prospect?.id, work.contact?.id].filter(isId);
    // One record under two works of a page: the first one has it.
    if (isMoved(work, current) || unlinked.some((id) => taken.has(id))) moved.add(work);
    for (const id of unlinked) taken.add(id);
  }
  return moved;
}

/**
 * Works whose pair another page has committed since, which nobody need have taken from this one. What this one would
 * send is older, and would come back as a change of HubSpot's.
 */
export async function overtakenWorks(
  db: Db,
  integrationId: string,
  works: RecordWork[],
): Promise<RecordWork[]> {
  const current = (await currentLinks(db, integrationId, works)) ?? [];
  return works.filter((work) => work.plan.kind !== "look_again" && isMoved(work, current));
}

function currentLinks(db: Db | Tx, integrationId: string, works: RecordWork[]) {
  const prospectIds = works.flatMap(({ prospect, link }) => [prospect?.id, link?.prospectId].filter(isId));
  const contactIds = works.flatMap(({ contact, link }) => [contact?.id, link?.contactId].filter(isId));
  if (!prospectIds.length && !contactIds.length) return null;
  return db
    .select({
      id: recordLinks.id,
      prospectId: recordLinks.prospectId,
      contactId: recordLinks.contactId,
      revision: linkRevision,
    })
    .from(recordLinks)
    .where(ofRecords(integrationId, { prospectIds, contactIds }))
    .$dynamic();
}

type Current = Pick<LinkRow, "id" | "prospectId" | "contactId" | "revision">;

function isMoved({ prospect, contact, link, deadLinkIds }: RecordWork, current: Current[]): boolean {
  if (link) return current.find(({ id }) => id === link.id)?.revision !== link.revision;
  return current.some(
    ({ id, prospectId, contactId }) =>
      (prospectId === prospect?.id || contactId === contact?.id) && !deadLinkIds.includes(id),
  );
}

const isId = (id: string | undefined): id is string => id !== undefined;
