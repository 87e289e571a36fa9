import { eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { users } from "@/db/schema/workspaces";
import { env } from "@/lib/env";
import type { Locale } from "@/lib/locales";

/** Where a person's e-mails go, and in which language; null where nobody is that person any more. */
export async function readRecipient(
  db: Db,
  userId: string,
): Promise<{ email: string; locale: Locale } | null> {
  const [person] = await db
    .select({ email: users.email, locale: users.locale })
    .from(users)
    .where(eq(users.id, userId));
  return person ? { email: person.email, locale: person.locale ?? "en" } : null;
}

/** The same for the same id, however often it is sent. */
export function messageIdOf(id: string): string {
  return `<${id}@${new URL(env().APP_URL).hostname}>`;
}
