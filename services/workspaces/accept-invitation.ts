import { and, eq, gt, isNull } from "drizzle-orm";
import { z } from "zod";
import type { Tx } from "@/db/client";
import { invitations, members } from "@/db/schema/workspaces";
import { locales } from "@/lib/locales";
import { hashPassword } from "@/lib/password";
import { recordActivities } from "@/services/activities/record-activity";
import type { Deps } from "@/services/context";
import { ServiceError } from "@/services/service-error";
import { createPerson, type Person } from "./create-person";
import { NewPassword, PersonName } from "./inputs";
import { hashInvitationToken } from "./invitation-token";
import { limitAttempts } from "./limit-attempts";

const JoinInput = z.object({ token: z.string().min(1).max(200) });
const SignUpInput = JoinInput.extend({
  name: PersonName,
  password: NewPassword,
  locale: z.enum(locales).optional(),
  address: z.string(),
});

type Joined = { workspaceId: string };

/** Somebody signed in joins. `person` comes from the session and must be whom the invitation names. */
export async function joinWorkspace({
  deps,
  person,
  input,
}: {
  deps: Deps;
  person: Pick<Person, "id" | "name" | "email">;
  input: z.input<typeof JoinInput>;
}): Promise<Joined> {
  const { token } = JoinInput.parse(input);
  return deps.db.transaction(async (tx) => {
    const invitation = await claimInvitation(tx, token);
    if (invitation.email !== person.email.toLowerCase()) {
      throw new ServiceError("forbidden", "the invitation names another address", {
        reason: "invitation_for_another",
      });
    }
    return addMember(tx, person, invitation);
  });
}

/** Somebody new signs up with the invitation's address and joins. */
export async function signUpByInvitation({
  deps,
  input,
}: {
  deps: Deps;
  input: z.input<typeof SignUpInput>;
}): Promise<Joined & { email: string }> {
  const { token, name, password, locale, address } = SignUpInput.parse(input);
  await limitAttempts(deps.db, [{ kind: "sign-up-address", value: address, limit: 60 }]);
  const passwordHash = await hashPassword(password);
  return deps.db.transaction(async (tx) => {
    const invitation = await claimInvitation(tx, token);
    const person = await createPerson(tx, { email: invitation.email, name, passwordHash, locale });
    return { ...(await addMember(tx, person, invitation)), email: invitation.email };
  });
}

type Invitation = typeof invitations.$inferSelect;

/** An invitation works once: the update itself claims it. */
async function claimInvitation(tx: Tx, token: string): Promise<Invitation> {
  const now = new Date();
  const [invitation] = await tx
    .update(invitations)
    .set({ acceptedAt: now })
    .where(
      and(
        eq(invitations.tokenHash, hashInvitationToken(token)),
        isNull(invitations.acceptedAt),
        gt(invitations.expiresAt, now),
      ),
    )
    .returning();
  if (!invitation) {
    throw new ServiceError("expired", "no such open invitation", { reason: "invitation_invalid" });
  }
  return invitation;
}

async function addMember(
  tx: Tx,
  person: Pick<Person, "id" | "name">,
  { workspaceId, role }: Invitation,
): Promise<Joined> {
  const joined = await tx
    .insert(members)
    .values({ workspaceId, userId: person.id, role })
    .onConflictDoNothing()
    .returning();
  if (!joined.length) return { workspaceId };
  await recordActivities(tx, [
    {
      workspaceId,
      kind: "member/joined",
      recordName: person.name,
      cause: { kind: "member", userId: person.id, name: person.name },
    },
  ]);
  return { workspaceId };
}
