import { z } from "zod";
import { openDatabase } from "@/db/client";
import { type ResealFault, ResealRefused, resealTokens } from "@/services/connections/reseal-tokens";
import { Fault } from "../bootstrap/fault.mjs";
import { databaseAndKeys } from "./database-and-keys";

/**
 * `npm run rotate-key`: seals the tokens of all HubSpot accounts with the newest key of ENCRYPTION_KEYS. The
 * product may run meanwhile, once it knows that key. What was interrupted goes on when it is called again.
 */
export async function main(args: string[]): Promise<void> {
  const { databaseUrl, keys, appUrl } = databaseAndKeys(args);
  const newest = Math.max(...keys.keys());
  await refuseStaleProduct(appUrl, newest);
  const { db, close } = openDatabase(databaseUrl, { max: 1 });
  try {
    const { connections } = await resealTokens(db, {
      keys,
      onBatch: (resealed) => console.log(`  ${resealed} accounts sealed with key ${newest}`),
    });
    console.log(closing(connections, newest, [...keys.keys()]));
  } catch (error) {
    if (error instanceof ResealRefused) throw new Fault(explain(error.fault), { cause: error });
    throw error;
  } finally {
    await close();
  }
}

const Health = z.object({ newestKey: z.number() });

/**
 * A product without the newest key could not open what is sealed with it, and goes on sealing with the one before. Asked is
 * the one process that answers at its address.
 */
async function refuseStaleProduct(appUrl: string | undefined, newest: number): Promise<void> {
  if (!appUrl) return;
  const known = await newestKeyOf(appUrl);
  if (known !== undefined && known < newest)
    throw new Fault(
      `The product at ${appUrl} was started without key ${newest}. Start it again with the same ENCRYPTION_KEYS first. Nothing was changed.`,
    );
}

/** Undefined where the connection is refused, and there alone: then no product runs. */
async function newestKeyOf(appUrl: string): Promise<number | undefined> {
  try {
    const response = await fetch(`${appUrl}/api/health`, { signal: AbortSignal.timeout(10_000) });
    return Health.parse(await response.json()).newestKey;
  } catch (cause) {
    if (isConnectionRefused(cause)) return undefined;
    throw new Fault(
      `${appUrl}/api/health does not say which keys the product was started with. Make it answer there. Where no process of the product runs, and something else answers in its place, give APP_URL an address for this command at which nothing does. Nothing was changed.`,
      { cause },
    );
  }
}

function isConnectionRefused(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && "code" in cause && cause.code === "ECONNREFUSED";
}

/** The last look at the database found no token under another key. */
function closing(connections: number, newest: number, versions: number[]): string {
  const old = versions.filter((version) => version !== newest);
  const done =
    connections > 0
      ? `The tokens of ${connections} HubSpot accounts are sealed with key ${newest} now.`
      : `Every token was sealed with key ${newest} already.`;
  if (!old.length) return done;
  return `${done}\nNothing needs key ${old.join(", ")} any more: remove it from ENCRYPTION_KEYS and start the product again. Keep it as long as you keep backups from before.`;
}

function explain(fault: ResealFault): string {
  switch (fault.kind) {
    case "missing_keys":
      return `ENCRYPTION_KEYS lacks key ${fault.versions.join(", ")}, and ${fault.connections} HubSpot accounts have tokens sealed with it. Add it and run this again. Nothing was changed.`;
    case "wrong_key":
      return `Key ${fault.version} in ENCRYPTION_KEYS is not the one that the tokens of connection ${fault.connectionId} were sealed with. Put the right one there and run this again.`;
    case "sealed_again":
      return `Some process of the product goes on sealing with key ${fault.versions.join(", ")}: ${fault.connections} HubSpot accounts have such tokens again. Keep that key, start every process again with the same ENCRYPTION_KEYS, and run this again.`;
  }
}
