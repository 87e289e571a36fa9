import "server-only";
import { type Db, openDatabase } from "@/db/client";
import { env } from "@/lib/env";
import { errorFields, log } from "@/lib/log";
import type { Deps } from "@/services/context";

/** Pools of this process, kept where a reload of this module in development finds them again. */
const shared = globalThis as typeof globalThis & { appDatabase?: Db; intakeDatabase?: Db };

export function deps(): Deps {
  shared.appDatabase ??= openDatabase(env().DATABASE_URL).db;
  return { db: shared.appDatabase, wake };
}

/** Connections of its own: what HubSpot tells never waits for sync work or pages that hold all others. */
export function intakeDeps(): Deps {
  shared.intakeDatabase ??= openDatabase(env().DATABASE_URL, { max: 3 }).db;
  return { db: shared.intakeDatabase, wake };
}

/** A wake that is lost costs at most a minute, so it never fails the write that it follows. */
async function wake(integrationIds: string[]): Promise<void> {
  if (!integrationIds.length) return;
  try {
    const [{ inngest }, { syncRequested }] = await Promise.all([
      import("@/inngest/client"),
      import("@/inngest/events"),
    ]);
    await inngest.send(integrationIds.map((integrationId) => syncRequested.create({ integrationId })));
  } catch (error) {
    log.warn("wake/failed", { integrations: integrationIds.length, ...errorFields(error) });
  }
}
