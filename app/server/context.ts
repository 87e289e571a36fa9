import "server-only";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { getServerSession } from "next-auth";
import { cache } from "react";
import { type Membership, readSessionUser, type SessionUser } from "@/db/queries/workspaces";
import type { Ctx } from "@/services/context";
import { ServiceError } from "@/services/service-error";
import { authOptions } from "./auth-options";
import { deps } from "./deps";
import { workspaceCookie } from "./workspace-cookie";

export type SignedIn = { user: SessionUser; memberships: Membership[]; current: Membership | null };

/** Who is asking, read from the database each time: a raised session version or a lost membership counts at once. */
export const readSignedIn = cache(async (): Promise<SignedIn | null> => {
  const session = await getServerSession(authOptions());
  if (!session?.userId) return null;
  const found = await readSessionUser(deps().db, session.userId, session.sessionVersion);
  if (!found) return null;
  const wanted = (await cookies()).get(workspaceCookie)?.value;
  const current = found.memberships.find(({ workspaceId }) => workspaceId === wanted);
  return { ...found, current: current ?? found.memberships[0] ?? null };
});

/** For server actions and route handlers; throws `signed_out`. */
export async function requireCtx(): Promise<Ctx> {
  const signedIn = await readSignedIn();
  if (!signedIn) throw new ServiceError("signed_out", "no session");
  if (!signedIn.current) throw new ServiceError("forbidden", "no workspace", { reason: "no_workspace" });
  return buildCtx(signedIn.user, signedIn.current);
}

/** For pages; sends people who are not signed in to the sign-in page and back. */
export async function requirePage(): Promise<Ctx> {
  const signedIn = await readSignedIn();
  if (!signedIn) redirect(`/sign-in?next=${encodeURIComponent(await requestedPath())}`);
  if (!signedIn.current) redirect("/no-workspace");
  return buildCtx(signedIn.user, signedIn.current);
}

function buildCtx(user: SessionUser, { workspaceId, role }: Membership): Ctx {
  return { ...deps(), userId: user.id, userName: user.name, workspaceId, role };
}

/** Set by `proxy.ts`. */
async function requestedPath(): Promise<string> {
  return (await headers()).get("x-requested-path") ?? "/";
}
