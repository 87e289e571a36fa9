import type { Tx } from "@/db/client";
import { users } from "@/db/schema/workspaces";
import { ServiceError } from "@/services/service-error";

type NewPerson = Pick<
  typeof users.$inferInsert,
  "email" | "name" | "passwordHash" | "oidcSubject" | "locale"
>;
export type Person = typeof users.$inferSelect;

/** Adds a person; who has the address already is refused by the database, however close two sign-ups come. */
export async function createPerson(tx: Tx, person: NewPerson): Promise<Person> {
  const [created] = await tx.insert(users).values(person).onConflictDoNothing().returning();
  if (created) return created;
  throw new ServiceError("already_exists", "the address has an account", {
    reason: "email_taken",
    fields: { email: "email_taken" },
  });
}
