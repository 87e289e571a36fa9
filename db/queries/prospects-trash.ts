import { and, desc, eq, isNotNull, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import type { Db } from "@/db/client";
import { prospectEmails, prospects } from "@/db/schema/prospects";
import { users } from "@/db/schema/workspaces";

export const trashDays = 90;

/** Still restorable. */
export function trashedAfter(column: PgColumn): SQL {
  return sql`${column} > now() - make_interval(days => ${trashDays})`;
}

export type TrashedProspect = {
  id: string;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  company: string | null;
  deletedAt: string;
  deletedBy: string | null;
};
export type TrashPage = { rows: TrashedProspect[]; next: TrashCursor | null };
export type TrashCursor = { key: string; id: string };

/** Latest first. */
export async function prospectsTrash(
  db: Db,
  workspaceId: string,
  { after, limit }: { after: TrashCursor | null; limit: number },
): Promise<TrashPage> {
  const rows = await db
    .select({
      id: prospects.id,
      firstName: prospects.firstName,
      lastName: prospects.lastName,
      email: prospectEmails.email,
      company: prospects.company,
      deletedAt: prospects.deletedAt,
      deletedBy: users.name,
      key: sql<string>`${prospects.deletedAt}::text`,
    })
    .from(prospects)
    .leftJoin(
      prospectEmails,
      and(eq(prospectEmails.prospectId, prospects.id), eq(prospectEmails.isPrimary, true)),
    )
    .leftJoin(users, eq(users.id, prospects.deletedBy))
    .where(
      and(
        eq(prospects.workspaceId, workspaceId),
        isNotNull(prospects.deletedAt),
        trashedAfter(prospects.deletedAt),
        after
          ? sql`(${prospects.deletedAt}, ${prospects.id}) < (${after.key}::timestamptz, ${after.id}::uuid)`
          : undefined,
      ),
    )
    .orderBy(desc(prospects.deletedAt), desc(prospects.id))
    .limit(limit + 1);
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    rows: shown.map(({ key: _, deletedAt, ...row }) => ({
      ...row,
      deletedAt: (deletedAt ?? new Date(0)).toISOString(),
    })),
    next: last ? { key: last.key, id: last.id } : null,
  };
}
