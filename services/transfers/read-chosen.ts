import { and, asc, eq, gt, inArray, isNull, sql } from "drizzle-orm";
import type { HubspotClient } from "@/connectors/hubspot/client";
import { isNotFound } from "@/connectors/hubspot/remote-error";
import type { Db } from "@/db/client";
import { listMembers, prospectLists, prospects } from "@/db/schema/prospects";
import type { RunCheckpoint } from "@/db/schema/runs";
import { contactReader } from "@/services/sync/contact-reader";
import type { PageContext } from "@/services/sync/page-context";
import type { ContactRecord } from "@/services/sync/record-work";
import type { Side } from "@/sync/side";
import type { OpenTransfer } from "./open-transfer";

const prospectsPerPage = 100;

export type ChosenPage = {
  records: { side: Side; recordId: string }[];
  /** Those of them that came with the page. */
  contacts: ContactRecord[];
  next: RunCheckpoint;
  /** The HubSpot list that this page was to be of. */
  goneList?: string;
};

/** The next page of what a transfer takes: prospects in the order of their ids, then contacts; of a deleted list nobody. */
export async function readChosen(
  { db, hubspot }: { db: Db; hubspot: HubspotClient },
  page: PageContext,
  transfer: OpenTransfer,
): Promise<ChosenPage> {
  const { checkpoint, fromSnov, fromHubspot } = transfer;
  const side = checkpoint.side ?? (fromSnov ? "snov" : "hubspot");
  if (side === "snov") {
    const ids = await prospectIds(db, page.workspaceId, transfer);
    const after = ids.length === prospectsPerPage ? ids.at(-1) : undefined;
    const done: RunCheckpoint = fromHubspot ? { side: "hubspot" } : { listed: true };
    return {
      records: ids.map((recordId) => ({ side, recordId })),
      contacts: [],
      next: after ? { side, after } : done,
    };
  }
  return transfer.contacts.kind === "all"
    ? await allContacts(hubspot, page, checkpoint)
    : await listedContacts(hubspot, transfer.contacts.ids, checkpoint);
}

async function prospectIds(
  db: Db,
  workspaceId: string,
  { checkpoint, prospects: chosen }: OpenTransfer,
): Promise<string[]> {
  const inLists =
    chosen.kind === "lists"
      ? sql`exists (select 1 from ${listMembers} join ${prospectLists} on ${and(
          eq(prospectLists.id, listMembers.listId),
          isNull(prospectLists.deletedAt),
        )} where ${and(eq(listMembers.prospectId, prospects.id), inArray(listMembers.listId, chosen.ids))})`
      : undefined;
  const rows = await db
    .select({ id: prospects.id })
    .from(prospects)
    .where(
      and(
        eq(prospects.workspaceId, workspaceId),
        isNull(prospects.deletedAt),
        checkpoint.after ? gt(prospects.id, checkpoint.after) : undefined,
        inLists,
      ),
    )
    .orderBy(asc(prospects.id))
    .limit(prospectsPerPage);
  return rows.map(({ id }) => id);
}

async function allContacts(
  hubspot: HubspotClient,
  page: PageContext,
  { after }: RunCheckpoint,
): Promise<ChosenPage> {
  const reader = contactReader(hubspot.contacts, page);
  const { contacts, next } = await hubspot.contacts.listPage(after, reader.properties);
  return {
    records: contacts.map(({ id }) => ({ side: "hubspot", recordId: id })),
    contacts: contacts.map(reader.toContact),
    next: next ? { side: "hubspot", after: next } : { listed: true },
  };
}

async function listedContacts(
  hubspot: HubspotClient,
  lists: string[],
  { list = 0, after }: RunCheckpoint,
): Promise<ChosenPage> {
  const listId = lists[list] ?? "";
  const more: RunCheckpoint =
    list + 1 < lists.length ? { side: "hubspot", list: list + 1 } : { listed: true };
  try {
    const { members, next } = await hubspot.lists.joinedPage(listId, after);
    return {
      records: members.map(({ contactId }) => ({ side: "hubspot", recordId: contactId })),
      contacts: [],
      next: next ? { side: "hubspot", list, after: next } : more,
    };
  } catch (error) {
    if (!isNotFound(error)) throw error;
    return { records: [], contacts: [], next: more, goneList: listId };
  }
}
