import { and, eq, inArray, ne } from "drizzle-orm";
import { emailRows } from "@/connectors/prospects/email-rows";
import type { Db, Tx } from "@/db/client";
import { isUniqueViolation } from "@/db/refusal";
import { prospectEmails, prospects } from "@/db/schema/prospects";
import { matchKey } from "@/sync/match-key";
import { ServiceError } from "../service-error";
import { nameColumn } from "./name-column";

/** Replaces a prospect's addresses; the first one is the primary one. */
export async function writeEmails(
  tx: Tx,
  workspaceId: string,
  prospectId: string,
  emails: string[],
): Promise<void> {
  await tx.delete(prospectEmails).where(eq(prospectEmails.prospectId, prospectId));
  if (!emails.length) return;
  await tx.insert(prospectEmails).values(emailRows(workspaceId, prospectId, emails));
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
      name: nameColumn,
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
      values: holder ? { email: holder.email, name: holder.name ?? holder.email, prospectId: holder.id } : {},
      fields: { emails: "email_in_use" },
    },
    { cause: error },
  );
}
