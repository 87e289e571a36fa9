import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { users } from "@/db/schema/workspaces";
import { verifyPassword } from "@/lib/password";
import type { Deps } from "@/services/context";
import { ServiceError } from "@/services/service-error";
import { limitAttempts } from "./limit-attempts";

const Input = z.object({
  email: z.string().trim().toLowerCase().max(254),
  password: z.string().max(1000),
  address: z.string(),
});

export type SignedInPerson = { id: string; name: string; email: string; sessionVersion: number };

/** The same answer, after the same work, for a wrong password and an unknown address. */
export async function signIn({
  deps,
  input,
  now = new Date(),
}: {
  deps: Deps;
  input: z.input<typeof Input>;
  now?: Date;
}): Promise<SignedInPerson> {
  const { email, password, address } = Input.parse(input);
  const attempt = await limitAttempts(
    deps.db,
    [
      { kind: "email", value: email, limit: 10 },
      { kind: "address", value: address, limit: 100 },
    ],
    now,
  );
  const [person] = await deps.db
    .select()
    .from(users)
    .where(eq(sql`lower(${users.email})`, email));
  const matches = await verifyPassword(password, person?.passwordHash ?? null);
  if (!person || !matches) {
    throw new ServiceError("invalid_input", "wrong e-mail or password", { reason: "wrong_password" });
  }
  await attempt.succeeded();
  return { id: person.id, name: person.name, email: person.email, sessionVersion: person.sessionVersion };
}
