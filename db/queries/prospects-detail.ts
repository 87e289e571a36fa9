import { and, asc, desc, eq, isNull } from "drizzle-orm";
import type { Db } from "@/db/client";
import { listMembers, prospectEmails, prospectLists, prospects } from "@/db/schema/prospects";
import type { ListOption } from "./lists";

export type ProspectDetail = {
  row: typeof prospects.$inferSelect;
  /** Primary first. */
  emails: string[];
  lists: ListOption[];
};

/** A prospect of this workspace, in the trash or not. */
export async function prospectDetail(
  db: Db,
  workspaceId: string,
  id: string,
): Promise<ProspectDetail | null> {
  const [row] = await db
    .select()
    .from(prospects)
    .where(and(eq(prospects.id, id), eq(prospects.workspaceId, workspaceId)));
  if (!row) return null;
  const [emails, lists] = await Promise.all([
    db
      .select({ email: prospectEmails.email })
      .from(prospectEmails)
      .where(and(eq(prospectEmails.prospectId, id), eq(prospectEmails.workspaceId, workspaceId)))
      .orderBy(desc(prospectEmails.isPrimary), asc(prospectEmails.position), asc(prospectEmails.matchKey)),
    db
      .select({ id: prospectLists.id, name: prospectLists.name })
      .from(listMembers)
      .innerJoin(prospectLists, eq(prospectLists.id, listMembers.listId))
      .where(
        and(
          eq(listMembers.prospectId, id),
          eq(prospectLists.workspaceId, workspaceId),
          isNull(prospectLists.deletedAt),
        ),
      )
      .orderBy(asc(prospectLists.name), asc(prospectLists.id)),
  ]);
  return { row, emails: emails.map(({ email }) => email), lists };
}
