import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { listMembers, listOpenInvitations, readInvitation } from "@/db/queries/workspaces";
import { activities } from "@/db/schema/sync";
import { invitations, members, users } from "@/db/schema/workspaces";
import type { Ctx } from "@/services/context";
import { joinWorkspace, signUpByInvitation } from "@/services/workspaces/accept-invitation";
import { changeRole } from "@/services/workspaces/change-role";
import { hashInvitationToken } from "@/services/workspaces/invitation-token";
import { inviteMember } from "@/services/workspaces/invite-member";
import { removeMember } from "@/services/workspaces/remove-member";
import { withdrawInvitation } from "@/services/workspaces/withdraw-invitation";
import { openWorkspaceWorld } from "./workspace-world";

// Verifies

let world: Awaited<ReturnType<typeof openWorkspaceWorld>>;
let owner: Ctx;
let admin: Ctx;
let member: Ctx;
let stranger: Ctx;
beforeAll(async () => {
  world = await openWorkspaceWorld();
});
afterAll(() => world.end());
beforeEach(async () => {
  owner = await world.workspaceOf("Olivia");
  admin = await world.memberOf(owner, "Adam", "admin");
  member = await world.memberOf(owner, "Mia", "member");
  stranger = await world.workspaceOf("Sven");
});

const forbidden = { code: "forbidden" };
const notFound = { code: "not_found" };
const roleOf = async (ctx: Ctx) =>
  (await listMembers(world.db, ctx.workspaceId)).find(({ userId }) => userId === ctx.userId)?.role;

describe("a member without the role admin", () => {
  it("may not invite, withdraw, change roles or remove others", async () => {
    const { invitationId } = await inviteMember({
      ctx: owner,
      input: { email: "n@example.com", role: "member" },
    });
    const tries = [
      inviteMember({ ctx: member, input: { email: "x@example.com", role: "member" } }),
      withdrawInvitation({ ctx: member, input: { invitationId } }),
      changeRole({ ctx: member, input: { userId: member.userId, role: "admin" } }),
      removeMember({ ctx: member, input: { userId: admin.userId } }),
    ];
    for (const one of await Promise.allSettled(tries)) {
      expect(one).toMatchObject({ status: "rejected", reason: forbidden });
    }
    expect(await roleOf(member)).toBe("member");
  });

  it("may leave", async () => {
    await removeMember({ ctx: member, input: { userId: member.userId } });
    expect(await roleOf(member)).toBeUndefined();
  });
});

describe("an admin", () => {
  it("neither makes, changes, invites nor removes an owner", async () => {
    const reason = { code: "forbidden", details: { reason: "owners_only" } };
    const tries = [
      changeRole({ ctx: admin, input: { userId: admin.userId, role: "owner" } }),
      changeRole({ ctx: admin, input: { userId: owner.userId, role: "member" } }),
      inviteMember({ ctx: admin, input: { email: "x@example.com", role: "owner" } }),
      removeMember({ ctx: admin, input: { userId: owner.userId } }),
    ];
    for (const one of await Promise.allSettled(tries))
      expect(one).toMatchObject({ status: "rejected", reason });
    expect(await roleOf(owner)).toBe("owner");
  });

  it("manages everybody else, and each act is written down", async () => {
    await changeRole({ ctx: admin, input: { userId: member.userId, role: "admin" } });
    await removeMember({ ctx: admin, input: { userId: member.userId } });
    const rows = await world.db
      .select()
      .from(activities)
      .where(eq(activities.workspaceId, owner.workspaceId));
    expect(rows.map(({ kind }) => kind)).toEqual([
      "workspace/created",
      "member/role-changed",
      "member/removed",
    ]);
    expect(rows[1]?.changes).toEqual([{ field: "role", label: "role", before: "member", after: "admin" }]);
  });

  it("who lost the role since the request began can no longer use it", async () => {
    await changeRole({ ctx: owner, input: { userId: admin.userId, role: "member" } });
    await expect(removeMember({ ctx: admin, input: { userId: member.userId } })).rejects.toMatchObject(
      forbidden,
    );
  });
});

describe("the last owner", () => {
  const lastOwner = { code: "in_use", details: { reason: "last_owner" } };

  it("can neither leave nor step down", async () => {
    const self = owner.userId;
    await expect(removeMember({ ctx: owner, input: { userId: self } })).rejects.toMatchObject(lastOwner);
    await expect(changeRole({ ctx: owner, input: { userId: self, role: "admin" } })).rejects.toMatchObject(
      lastOwner,
    );
  });

  it("remains when two owners step down at once", async () => {
    await changeRole({ ctx: owner, input: { userId: admin.userId, role: "owner" } });
    const second = { ...admin, role: "owner" as const };
    const both = await Promise.allSettled([
      changeRole({ ctx: owner, input: { userId: owner.userId, role: "member" } }),
      changeRole({ ctx: second, input: { userId: second.userId, role: "member" } }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const owners = and(eq(members.workspaceId, owner.workspaceId), eq(members.role, "owner"));
    expect(await world.db.select().from(members).where(owners)).toHaveLength(1);
  });
});

describe("somebody of another workspace", () => {
  it("finds neither its people nor its invitations", async () => {
    const { invitationId } = await inviteMember({
      ctx: owner,
      input: { email: "n@example.com", role: "member" },
    });
    const tries = [
      changeRole({ ctx: stranger, input: { userId: member.userId, role: "admin" } }),
      removeMember({ ctx: stranger, input: { userId: member.userId } }),
      withdrawInvitation({ ctx: stranger, input: { invitationId } }),
    ];
    for (const one of await Promise.allSettled(tries)) expect(one).toMatchObject({ reason: notFound });
    expect(await roleOf(member)).toBe("member");
    expect(await listOpenInvitations(world.db, owner.workspaceId)).toHaveLength(1);
    expect(await listOpenInvitations(world.db, stranger.workspaceId)).toEqual([]);
  });

  it("who claims that workspace without a membership is refused by every verb", async () => {
    const forged = { ...stranger, workspaceId: owner.workspaceId };
    const tries = [
      inviteMember({ ctx: forged, input: { email: "x@example.com", role: "member" } }),
      changeRole({ ctx: forged, input: { userId: member.userId, role: "admin" } }),
      removeMember({ ctx: forged, input: { userId: member.userId } }),
    ];
    for (const one of await Promise.allSettled(tries)) expect(one).toMatchObject({ reason: notFound });
  });
});

describe("an invitation", () => {
  const invite = (email: string) => inviteMember({ ctx: owner, input: { email, role: "admin" } });
  const signUp = (token: string) =>
    signUpByInvitation({
      deps: world.deps,
      input: { token, name: "Nia", password: "a long password", address: "10.0.0.1" },
    });
  const invalid = { code: "expired", details: { reason: "invitation_invalid" } };

  it("signs a new person up with its address and role, once", async () => {
    const { token } = await invite("Nia@Example.com");
    expect(await signUp(token)).toEqual({ workspaceId: owner.workspaceId, email: "nia@example.com" });
    const joined = await listMembers(world.db, owner.workspaceId);
    expect(joined.find(({ email }) => email === "nia@example.com")?.role).toBe("admin");
    await expect(signUp(token)).rejects.toMatchObject(invalid);
  });

  it("lets the person it names join, and nobody else", async () => {
    const [person] = await world.db.select().from(users).where(eq(users.id, stranger.userId));
    if (!person) throw new Error("no person");
    const { token } = await invite(person.email);
    const other = { id: member.userId, name: "Mia", email: "mia@example.com" };
    await expect(joinWorkspace({ deps: world.deps, person: other, input: { token } })).rejects.toMatchObject({
      details: { reason: "invitation_for_another" },
    });
    await joinWorkspace({ deps: world.deps, person, input: { token } });
    expect(await roleOf({ ...stranger, workspaceId: owner.workspaceId })).toBe("admin");
  });

  it("ends after seven days, when withdrawn, and when a newer one replaces it", async () => {
    const old = await invite("late@example.com");
    const inSevenDays = new Date(Date.now() + 7 * 24 * 3600_000 + 1000);
    expect(await readInvitation(world.db, hashInvitationToken(old.token))).not.toBeNull();
    expect(await readInvitation(world.db, hashInvitationToken(old.token), inSevenDays)).toBeNull();

    const newer = await invite("late@example.com");
    await expect(signUp(old.token)).rejects.toMatchObject(invalid);

    await withdrawInvitation({ ctx: owner, input: { invitationId: newer.invitationId } });
    await expect(signUp(newer.token)).rejects.toMatchObject(invalid);

    const expired = await invite("late@example.com");
    await world.db
      .update(invitations)
      .set({ expiresAt: new Date(Date.now() - 1000) })
      .where(eq(invitations.id, expired.invitationId));
    await expect(signUp(expired.token)).rejects.toMatchObject(invalid);
  });

  it("is stored without its token", async () => {
    const { token, invitationId } = await invite("hash@example.com");
    const [row] = await world.db.select().from(invitations).where(eq(invitations.id, invitationId));
    expect(JSON.stringify(row)).not.toContain(token);
  });

  it("is refused for somebody who is in the workspace already", async () => {
    const [person] = await world.db.select().from(users).where(eq(users.id, member.userId));
    await expect(invite(person?.email ?? "")).rejects.toMatchObject({
      details: { fields: { email: "already_member" } },
    });
  });
});
