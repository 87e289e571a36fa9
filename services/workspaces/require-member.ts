import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { members, type Role, users, workspaces } from "@/db/schema/workspaces";
import type { Ctx } from "@/services/context";
import { ServiceError } from "@/services/service-error";

type FoundMember = { userId: string; name: string; role: Role };

/** A member of the actor's workspace; people of other workspaces are not found. */
export async function requireMember(tx: Tx, ctx: Ctx, userId: string): Promise<FoundMember> {
  const [member] = await tx
    .select({ userId: members.userId, name: users.name, role: members.role })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(and(eq(members.workspaceId, ctx.workspaceId), eq(members.userId, userId)));
  if (!member) throw new ServiceError("not_found", "no such member");
  return member;
}

/**
 * Changes of membership go one at a time, so that two owners cannot each remove the other,
 * and the actor's role is read again: it may have been taken away since the request began.
 */
export async function lockMembership(tx: Tx, ctx: Ctx): Promise<Role> {
  await tx
    .select({ id: workspaces.id })
    .from(workspaces)
    .where(eq(workspaces.id, ctx.workspaceId))
    .for("update");
  const actor = await requireMember(tx, ctx, ctx.userId);
  return actor.role;
}

export async function requireAnotherOwner(tx: Tx, ctx: Ctx): Promise<void> {
  const owners = await tx
    .select({ userId: members.userId })
    .from(members)
    .where(and(eq(members.workspaceId, ctx.workspaceId), eq(members.role, "owner")));
  if (owners.length < 2) {
    throw new ServiceError("in_use", "the last owner", { reason: "last_owner" });
  }
}

/** Owners decide about owners; admins about everybody else. */
export function requireRankOver(actor: Role, touched: Role[]): void {
  if (actor === "member") throw new ServiceError("forbidden", "needs the role owner or admin");
  if (actor !== "owner" && touched.includes("owner")) {
    throw new ServiceError("forbidden", "needs the role owner", { reason: "owners_only" });
  }
}
