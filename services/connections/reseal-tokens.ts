import { and, asc, gt, ne, or, type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { connections } from "@/db/schema/connections";
import { type SealKeys, sealedWith } from "@/lib/seal";
import { resealToken, type TokenOwner } from "./sealed-tokens";

export type ResealFault =
  /** Tokens are sealed with keys that are not configured. */
  | { kind: "missing_keys"; versions: number[]; connections: number }
  /** A key of the right version that does not open what it should have sealed. */
  | { kind: "wrong_key"; version: number; connectionId: string }
  /** Some process goes on sealing with an older key. */
  | { kind: "sealed_again"; versions: number[]; connections: number };

/** Nothing was changed where keys are missing; where one is wrong the connections before it were, else all of them. */
export class ResealRefused extends Error {
  constructor(
    readonly fault: ResealFault,
    options?: ErrorOptions,
  ) {
    super(fault.kind, options);
  }
}

export type Resealed = { connections: number; newest: number };

/** More than any product needs that was started again: it seals with the newest key alone. */
const MOST_PASSES = 10;

type Options = { keys: SealKeys; batch?: number; onBatch?: (resealed: number) => void };

/**
 * Seals every token anew with the newest key. Invariants:
 * - a row is changed only while it still holds the very texts that were read: a refresh that comes in between wins;
 * - the token's version stays, so that a refresh on its way still stores what it gets;
 * - each row is whole at every moment, under one key or another: killed anywhere, a second call goes on.
 */
export async function resealTokens(db: Db, { keys, batch = 100, onBatch }: Options): Promise<Resealed> {
  const newest = Math.max(...keys.keys());
  await requireKeys(db, keys);
  let resealed = 0;
  // A product that still runs with older keys may store such a token after its row was passed, or as it is: look until none is found.
  for (let pass = 0; pass < MOST_PASSES; pass += 1) {
    const found = await resealOnce(db, keys, newest, batch, (count) => {
      resealed += count;
      onBatch?.(resealed);
    });
    if (!found) return { connections: resealed, newest };
  }
  throw new ResealRefused({ kind: "sealed_again", ...(await readOlder(db, newest)) });
}

type Row = typeof connections.$inferSelect;

/** How many it found, whether it could change them or not. */
async function resealOnce(
  db: Db,
  keys: SealKeys,
  newest: number,
  batch: number,
  onBatch: (count: number) => void,
): Promise<number> {
  let found = 0;
  for (let after: string | undefined; ; ) {
    const rows = await db
      .select()
      .from(connections)
      .where(and(hasOlder(newest), after ? gt(connections.id, after) : undefined))
      .orderBy(asc(connections.id))
      .limit(batch);
    if (!rows.length) return found;
    onBatch(await resealRows(db, rows, keys));
    found += rows.length;
    after = rows.at(-1)?.id;
  }
}

async function resealRows(db: Db, rows: Row[], keys: SealKeys): Promise<number> {
  const anew = rows.map((row) => ({
    id: row.id,
    access: resealed(row, row.id, row.accessToken, keys),
    refresh: resealed(row, row.id, row.refreshToken, keys),
    was_access: row.accessToken,
    was_refresh: row.refreshToken,
  }));
  const changed = await db.execute(sql`
    update connections set access_token = anew.access, refresh_token = anew.refresh
    from json_to_recordset(${JSON.stringify(anew)}::json)
      as anew(id uuid, access text, refresh text, was_access text, was_refresh text)
    where connections.id = anew.id
      and connections.access_token = anew.was_access and connections.refresh_token = anew.was_refresh
    returning connections.id`);
  return changed.length;
}

function resealed(owner: TokenOwner, connectionId: string, sealed: string, keys: SealKeys): string {
  if (!sealed) return sealed;
  try {
    return resealToken(owner, sealed, keys);
  } catch (cause) {
    throw new ResealRefused({ kind: "wrong_key", version: sealedWith(sealed), connectionId }, { cause });
  }
}

async function requireKeys(db: Db, keys: SealKeys): Promise<void> {
  const lacking = await readWhere(db, (version) => !keys.has(version));
  if (lacking.connections) throw new ResealRefused({ kind: "missing_keys", ...lacking });
}

function readOlder(db: Db, newest: number) {
  return readWhere(db, (version) => version !== newest);
}

/** Of which versions tokens are sealed that are looked for, and how many connections have one. */
async function readWhere(
  db: Db,
  isLookedFor: (version: number) => boolean,
): Promise<{ versions: number[]; connections: number }> {
  const rows = await db
    .select({ access: versionOf(connections.accessToken), refresh: versionOf(connections.refreshToken) })
    .from(connections);
  const found = rows
    .map(({ access, refresh }) => [access, refresh].filter(Boolean).map(Number).filter(isLookedFor))
    .filter((versions) => versions.length);
  return {
    versions: [...new Set(found.flat())].sort((a, b) => a - b),
    connections: found.length,
  };
}

function hasOlder(newest: number): SQL | undefined {
  const isOlder = (column: typeof connections.accessToken | typeof connections.refreshToken) =>
    and(ne(column, ""), ne(versionOf(column), String(newest)));
  return or(isOlder(connections.accessToken), isOlder(connections.refreshToken));
}

function versionOf(column: typeof connections.accessToken | typeof connections.refreshToken) {
  return sql<string>`split_part(${column}, '.', 1)`;
}
