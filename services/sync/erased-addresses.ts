import { createHash } from "node:crypto";
import { and, eq, inArray, sql } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { erasedAddresses } from "@/db/schema/safety";
import { workspaces } from "@/db/schema/workspaces";
import { matchKey } from "@/sync/match-key";

/** Tells of an address whether its owner asked to be erased. */
export async function erasedAmong(
  db: Db,
  workspaceId: string,
  emails: string[],
): Promise<(email: string) => boolean> {
  if (!emails.length) return () => false;
  const salt = await saltOf(db, workspaceId);
  const hashes = [...new Set(emails.map((email) => hashOf(salt, email)))];
  const rows = await db
    .select({ hash: erasedAddresses.hash })
    .from(erasedAddresses)
    .where(and(eq(erasedAddresses.workspaceId, workspaceId), inArray(erasedAddresses.hash, hashes)));
  const erased = new Set(rows.map(({ hash }) => hash));
  return (email) => erased.has(hashOf(salt, email));
}

/** Remembers addresses as erased, by nothing but a salted hash. */
export async function rememberErased(tx: Tx, workspaceId: string, emails: string[]): Promise<void> {
  if (!emails.length) return;
  const salt = await saltOf(tx, workspaceId);
  const hashes = [...new Set(emails.map((email) => hashOf(salt, email)))].sort();
  await tx
    .insert(erasedAddresses)
    .values(hashes.map((hash) => ({ workspaceId, hash, at: sql`now()` })))
    .onConflictDoNothing();
}

async function saltOf(db: Db | Tx, workspaceId: string): Promise<string> {
  const [workspace] = await db
    .select({ salt: workspaces.erasureSalt })
    .from(workspaces)
    .where(eq(workspaces.id, workspaceId));
  if (!workspace) throw new Error(`There is no workspace ${workspaceId}`);
  return workspace.salt;
}

function hashOf(salt: string, email: string): string {
  return createHash("sha256")
    .update(`${salt} ${matchKey(email)}`)
    .digest("hex");
}
