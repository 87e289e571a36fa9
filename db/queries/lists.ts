import { and, asc, desc, eq, isNotNull, isNull, or, sql } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { connections } from "@/db/schema/connections";
import { integrations } from "@/db/schema/integrations";
import { listMembers, prospectLists, prospects } from "@/db/schema/prospects";
import { trashedAfter } from "./prospects-trash";

export type ListOption = { id: string; name: string };

export async function listOptions(db: Db | Tx, workspaceId: string): Promise<ListOption[]> {
  return db
    .select({ id: prospectLists.id, name: prospectLists.name })
    .from(prospectLists)
    .where(and(eq(prospectLists.workspaceId, workspaceId), isNull(prospectLists.deletedAt)))
    .orderBy(asc(sql`fold_text(${prospectLists.name})`), asc(prospectLists.id));
}

export type ListRow = ListOption & { createdAt: Date; members: number };

/** Every live list with how many live prospects it holds. */
export async function listsWithCounts(db: Db, workspaceId: string): Promise<ListRow[]> {
  const counted = db
    .select({ listId: listMembers.listId, members: sql<number>`count(*)::int`.as("members") })
    .from(listMembers)
    .innerJoin(prospects, eq(prospects.id, listMembers.prospectId))
    .where(and(eq(prospects.workspaceId, workspaceId), isNull(prospects.deletedAt)))
    .groupBy(listMembers.listId)
    .as("counted");
  return db
    .select({
      id: prospectLists.id,
      name: prospectLists.name,
      createdAt: prospectLists.createdAt,
      members: sql<number>`coalesce(${counted.members}, 0)`,
    })
    .from(prospectLists)
    .leftJoin(counted, eq(counted.listId, prospectLists.id))
    .where(and(eq(prospectLists.workspaceId, workspaceId), isNull(prospectLists.deletedAt)))
    .orderBy(asc(sql`fold_text(${prospectLists.name})`), asc(prospectLists.id));
}

export async function findList(db: Db, workspaceId: string, id: string): Promise<ListOption | null> {
  const [row] = await db
    .select({ id: prospectLists.id, name: prospectLists.name })
    .from(prospectLists)
    .where(
      and(
        eq(prospectLists.id, id),
        eq(prospectLists.workspaceId, workspaceId),
        isNull(prospectLists.deletedAt),
      ),
    );
  return row ?? null;
}

export type TrashedList = ListOption & { deletedAt: Date };

export async function trashedLists(db: Db, workspaceId: string): Promise<TrashedList[]> {
  const rows = await db
    .select({ id: prospectLists.id, name: prospectLists.name, deletedAt: prospectLists.deletedAt })
    .from(prospectLists)
    .where(
      and(
        eq(prospectLists.workspaceId, workspaceId),
        isNotNull(prospectLists.deletedAt),
        trashedAfter(prospectLists.deletedAt),
      ),
    )
    .orderBy(desc(prospectLists.deletedAt), asc(prospectLists.id))
    .limit(200);
  return rows.flatMap(({ deletedAt, ...row }) => (deletedAt ? [{ ...row, deletedAt }] : []));
}

/** `receives`: contacts from HubSpot land in it; otherwise it is among the lists that go out. */
export type ListUse = { integrationId: string; accountName: string; receives: boolean };

export async function listUses(db: Db | Tx, workspaceId: string, listId: string): Promise<ListUse[]> {
  return db
    .select({
      integrationId: integrations.id,
      accountName: connections.accountName,
      receives: sql<boolean>`coalesce(${integrations.receivingListId} = ${listId}, false)`,
    })
    .from(integrations)
    .innerJoin(connections, eq(connections.id, integrations.connectionId))
    .where(
      and(
        eq(integrations.workspaceId, workspaceId),
        isNull(integrations.disconnectedAt),
        or(
          eq(integrations.receivingListId, listId),
          sql`${integrations.outgoingScope}->>'kind' = 'lists' and ${integrations.outgoingScope}->'ids' ? ${listId}`,
        ),
      ),
    )
    .orderBy(asc(connections.accountName), asc(integrations.id));
}
