import { and, eq, isNotNull, isNull } from "drizzle-orm";
import { anyOf } from "@/db/any-of";
import type { Db, Tx } from "@/db/client";
import { listMembers, prospectEmails, prospectLists, prospects } from "@/db/schema/prospects";
import { groupBy } from "@/lib/group-by";
import { type ProspectRecord, toRecord } from "./prospect-record";
import { readEmails } from "./read-emails";

/** Live prospects by id; those in the trash are absent. */
export async function readProspects(
  db: Db | Tx,
  workspaceId: string,
  ids: string[],
): Promise<Map<string, ProspectRecord>> {
  if (!ids.length) return new Map();
  const rows = await db
    .select()
    .from(prospects)
    .where(
      and(eq(prospects.workspaceId, workspaceId), anyOf(prospects.id, ids), isNull(prospects.deletedAt)),
    );
  const found = rows.map(({ id }) => id);
  if (!found.length) return new Map();
  const [emailsOf, listsOf] = await Promise.all([readEmails(db, found), readListIds(db, found)]);
  return new Map(
    rows.map((row) => [row.id, toRecord(row, emailsOf.get(row.id) ?? [], listsOf.get(row.id) ?? [])]),
  );
}

/** The lists that prospects are in, by id; one in the trash is in those that it was in when it went there. */
export async function readListIds(db: Db | Tx, ids: string[]): Promise<Map<string, string[]>> {
  if (!ids.length) return new Map();
  const memberships = await db
    .select({ id: listMembers.prospectId, listId: listMembers.listId })
    .from(listMembers)
    .innerJoin(prospectLists, and(eq(prospectLists.id, listMembers.listId), isNull(prospectLists.deletedAt)))
    .where(anyOf(listMembers.prospectId, ids));
  const grouped = groupBy(memberships, ({ id }) => id);
  return new Map([...grouped].map(([id, found]) => [id, found.map(({ listId }) => listId)]));
}

/** Since when prospects have lain in the trash, in milliseconds since 1970, by id; live ones are absent. */
export async function trashedSince(
  db: Db | Tx,
  workspaceId: string,
  ids: string[],
): Promise<Map<string, number>> {
  if (!ids.length) return new Map();
  const rows = await db
    .select({ id: prospects.id, deletedAt: prospects.deletedAt })
    .from(prospects)
    .where(
      and(eq(prospects.workspaceId, workspaceId), anyOf(prospects.id, ids), isNotNull(prospects.deletedAt)),
    );
  return new Map(
    rows.flatMap(({ id, deletedAt }) => (deletedAt ? [[id, deletedAt.getTime()] as const] : [])),
  );
}

/** Match key → the live prospect that owns the address, as primary or secondary. */
export async function findProspectsByMatchKeys(
  db: Db | Tx,
  workspaceId: string,
  keys: string[],
): Promise<Map<string, string>> {
  if (!keys.length) return new Map();
  const rows = await db
    .select({ key: prospectEmails.matchKey, id: prospectEmails.prospectId })
    .from(prospectEmails)
    .where(
      and(
        eq(prospectEmails.workspaceId, workspaceId),
        anyOf(prospectEmails.matchKey, keys),
        eq(prospectEmails.live, true),
      ),
    );
  return new Map(rows.map(({ key, id }) => [key, id]));
}
