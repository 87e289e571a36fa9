import { createHash } from "node:crypto";
import { eq, sql } from "drizzle-orm";
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
  const keys = [...new Set(emails.map(matchKey))];
  // As `hashOf` has it.
  const rows = await db.execute<{ key: string }>(sql`
    select given.key from unnest(${sql.param(keys)}::text[]) as given(key)
    join workspaces w on w.id = ${workspaceId}::uuid
    join erased_addresses e on e.workspace_id = w.id
      and e.hash = encode(sha256(convert_to(w.erasure_salt || ' ' || given.key, 'UTF8')), 'hex')`);
  const erased = new Set(rows.map(({ key }) => key));
  return (email) => erased.has(matchKey(email));
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

async function saltOf(db: Tx, workspaceId: string): Promise<string> {
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
