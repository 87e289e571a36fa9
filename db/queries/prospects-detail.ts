import { and, asc, desc, eq, inArray, isNull } from "drizzle-orm";
import type { Db } from "@/db/client";
import { connections } from "@/db/schema/connections";
import { integrations } from "@/db/schema/integrations";
import {
  type FieldChange,
  listMembers,
  prospectEmails,
  prospectLists,
  prospects,
} from "@/db/schema/prospects";
import { members, users } from "@/db/schema/workspaces";
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

/** The names behind the ids in field changes: members of the workspace, and HubSpot accounts. */
export async function changeAuthors(
  db: Db,
  workspaceId: string,
  changes: Record<string, FieldChange>,
): Promise<Map<string, string>> {
  const idsOf = (kind: FieldChange["by"]["kind"]) => [
    ...new Set(Object.values(changes).flatMap(({ by }) => (by.kind === kind ? by.id : []))),
  ];
  const [people, accounts] = await Promise.all([
    db
      .select({ id: users.id, name: users.name })
      .from(users)
      .innerJoin(members, and(eq(members.userId, users.id), eq(members.workspaceId, workspaceId)))
      .where(inArray(users.id, idsOf("member"))),
    db
      .select({ id: integrations.id, name: connections.accountName })
      .from(integrations)
      .innerJoin(connections, eq(connections.id, integrations.connectionId))
      .where(and(eq(integrations.workspaceId, workspaceId), inArray(integrations.id, idsOf("integration")))),
  ]);
  return new Map([...people, ...accounts].map(({ id, name }) => [id, name]));
}
