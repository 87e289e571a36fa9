import { and, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import type { Tx } from "@/db/client";
import { users } from "@/db/schema/workspaces";
import type { Deps } from "@/services/context";
import { ServiceError } from "@/services/service-error";
import { createPerson, type Person } from "./create-person";
import { insertWorkspace } from "./create-workspace";
import type { SignedInPerson } from "./sign-in";

const Input = z.object({
  iss: z.string().min(1),
  sub: z.string().min(1),
  email: z.string().trim().toLowerCase().optional(),
  email_verified: z.boolean().optional(),
  name: z.string().trim().optional(),
});

/** Finds the person by the provider's subject, else adopts or creates an account by a verified address. */
export async function signInWithOidc({
  deps,
  input,
}: {
  deps: Deps;
  input: z.input<typeof Input>;
}): Promise<SignedInPerson> {
  const { iss, sub, email, email_verified, name } = Input.parse(input);
  const subject = `${iss}|${sub}`;
  const [known] = await deps.db.select().from(users).where(eq(users.oidcSubject, subject));
  if (known) return signedIn(known);
  if (!email || email_verified !== true) {
    throw new ServiceError("forbidden", "the provider has not verified the address", {
      reason: "oidc_email_unverified",
    });
  }
  return deps.db.transaction(async (tx) => {
    const adopted = await adoptAccount(tx, email, subject);
    if (adopted) return signedIn(adopted);
    const person = await createPerson(tx, { email, name: name || email, oidcSubject: subject });
    await insertWorkspace(tx, person, person.name);
    return signedIn(person);
  });
}

/**
 * Whoever chose the account's password never proved the address, and the provider just did:
 * the password and every open session end, so that nobody waits inside an account made in another's name.
 */
async function adoptAccount(tx: Tx, email: string, subject: string): Promise<Person | undefined> {
  const [adopted] = await tx
    .update(users)
    .set({
      oidcSubject: subject,
      passwordHash: null,
      sessionVersion: sql`${users.sessionVersion} + 1`,
    })
    .where(and(eq(sql`lower(${users.email})`, email), isNull(users.oidcSubject)))
    .returning();
  return adopted;
}

function signedIn({ id, name, email, sessionVersion }: Person): SignedInPerson {
  return { id, name, email, sessionVersion };
}
