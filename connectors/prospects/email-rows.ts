import type { prospectEmails } from "@/db/schema/prospects";
import { matchKey } from "@/sync/match-key";

/** A prospect's addresses as rows; the first one is the primary one. */
export function emailRows(
  workspaceId: string,
  prospectId: string,
  emails: string[],
): (typeof prospectEmails.$inferInsert)[] {
  return emails.map((given, position) => {
    const email = given.trim();
    return { prospectId, workspaceId, email, matchKey: matchKey(email), isPrimary: position === 0, position };
  });
}
