import { and, asc, eq, gt, isNull, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { invitations, members, type Role, users, workspaces } from "@/db/schema/workspaces";

export type { Role };

export type SessionUser = { id: string; name: string; email: string; hasPassword: boolean };
export type Membership = { workspaceId: string; workspaceName: string; role: Role };

/** The person and their workspaces, if the session is of the current version. */
export async function readSessionUser(
  db: Db,
  userId: string,
  sessionVersion: number,
): Promise<{ user: SessionUser; memberships: Membership[] } | null> {
  const rows = await db
    .select({ user: users, workspaceId: workspaces.id, workspaceName: workspaces.name, role: members.role })
    .from(users)
    .leftJoin(members, eq(members.userId, users.id))
    .leftJoin(workspaces, eq(workspaces.id, members.workspaceId))
    .where(and(eq(users.id, userId), eq(users.sessionVersion, sessionVersion)))
    .orderBy(asc(members.createdAt), asc(workspaces.id));
  const first = rows[0]?.user;
  if (!first) return null;
  return {
    user: { id: first.id, name: first.name, email: first.email, hasPassword: first.passwordHash !== null },
    memberships: rows.flatMap(({ workspaceId, workspaceName, role }) =>
      workspaceId && workspaceName && role ? [{ workspaceId, workspaceName, role }] : [],
    ),
  };
}

export type Member = { userId: string; name: string; email: string; role: Role; joinedAt: Date };

export async function listMembers(db: Db, workspaceId: string): Promise<Member[]> {
  return db
    .select({
      userId: users.id,
      name: users.name,
      email: users.email,
      role: members.role,
      joinedAt: members.createdAt,
    })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(eq(members.workspaceId, workspaceId))
    .orderBy(asc(members.createdAt), asc(users.id));
}

export type OpenInvitation = { id: string; email: string; role: Role; expiresAt: Date };

export async function listOpenInvitations(
  db: Db,
  workspaceId: string,
  now: Date = new Date(),
): Promise<OpenInvitation[]> {
  return db
    .select({
      id: invitations.id,
      email: invitations.email,
      role: invitations.role,
      expiresAt: invitations.expiresAt,
    })
    .from(invitations)
    .where(
      and(
        eq(invitations.workspaceId, workspaceId),
        isNull(invitations.acceptedAt),
        gt(invitations.expiresAt, now),
      ),
    )
    .orderBy(asc(invitations.expiresAt));
}

export type InvitationToAnswer = { workspaceName: string; email: string; role: Role; hasAccount: boolean };

/** What the page behind an invitation's link shows. */
export async function readInvitation(
  db: Db,
  tokenHash: string,
  now: Date = new Date(),
): Promise<InvitationToAnswer | null> {
  const [row] = await db
    .select({
      workspaceName: workspaces.name,
      email: invitations.email,
      role: invitations.role,
      userId: users.id,
    })
    .from(invitations)
    .innerJoin(workspaces, eq(workspaces.id, invitations.workspaceId))
    .leftJoin(users, eq(sql`lower(${users.email})`, invitations.email))
    .where(
      and(
        eq(invitations.tokenHash, tokenHash),
        isNull(invitations.acceptedAt),
        gt(invitations.expiresAt, now),
      ),
    );
  if (!row) return null;
  const { userId, ...invitation } = row;
  return { ...invitation, hasAccount: userId !== null };
}
