import { and, asc, desc, eq, inArray, ne, sql } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { prospectEmails, prospects } from "@/db/schema/prospects";
import { matchKey } from "@/sync/match-key";
import { ServiceError } from "../service-error";
import { isUniqueViolation } from "./unique-violation";

/** A prospect's addresses, primary first. */
export async function readEmails(tx: Tx, prospectId: string): Promise<string[]> {
  const rows = await tx
    .select({ email: prospectEmails.email })
    .from(prospectEmails)
    .where(eq(prospectEmails.prospectId, prospectId))
    .orderBy(desc(prospectEmails.isPrimary), asc(prospectEmails.position), asc(prospectEmails.matchKey));
  return rows.map(({ email }) => email);
}

/** Replaces them; the first one is the primary one. */
export async function writeEmails(
  tx: Tx,
  workspaceId: string,
  prospectId: string,
  emails: string[],
): Promise<void> {
  await tx.delete(prospectEmails).where(eq(prospectEmails.prospectId, prospectId));
  if (!emails.length) return;
  await tx.insert(prospectEmails).values(
    emails.map((email, position) => ({
      prospectId,
      workspaceId,
      email,
      matchKey: matchKey(email),
      isPrimary: position === 0,
      position,
    })),
  );
}

/** Turns the database's refusal of a second live address into one that names who has it. */
export async function emailTaken(
  error: unknown,
  db: Db,
  workspaceId: string,
  emails: string[],
  exceptId?: string,
): Promise<unknown> {
  if (!isUniqueViolation(error, "prospect_emails_live")) return error;
  const [holder] = await db
    .select({
      id: prospects.id,
      email: prospectEmails.email,
      name: sql<string>`coalesce(nullif(trim(concat(${prospects.firstName}, ' ', ${prospects.lastName})), ''), ${prospectEmails.email})`,
    })
    .from(prospectEmails)
    .innerJoin(prospects, eq(prospects.id, prospectEmails.prospectId))
    .where(
      and(
        eq(prospectEmails.workspaceId, workspaceId),
        eq(prospectEmails.live, true),
        inArray(prospectEmails.matchKey, emails.map(matchKey)),
        exceptId ? ne(prospectEmails.prospectId, exceptId) : undefined,
      ),
    )
    .limit(1);
  return new ServiceError(
    "already_exists",
    "another prospect has this address",
    {
      reason: holder ? "prospect_email_taken" : "email_in_use",
      values: holder ? { email: holder.email, name: holder.name, prospectId: holder.id } : {},
      fields: { emails: "email_in_use" },
    },
    { cause: error },
  );
}
