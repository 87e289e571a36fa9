import { and, eq, isNotNull, isNull } from "drizzle-orm";
import { RemoteError } from "@/connectors/hubspot/remote-error";
import { connections } from "@/db/schema/connections";
import { integrations } from "@/db/schema/integrations";
import { errorFields, log } from "@/lib/log";
import type { Deps } from "@/services/context";
import { heldToken, replaceToken } from "./access-token";
import { raiseBroken } from "./raise-broken";

type Told = Pick<typeof connections.$inferSelect, "id" | "workspaceId" | "brokenReason"> & { toldAt: Date };

/**
 * HubSpot's token service alone says whether a connection has ended of which the journal told that our app was
 * uninstalled. While it says nothing that is asked again, and a renewal that finds it out by itself knows why. What it says
 * in the same words where access was revoked in any other way is known for what it is from then on.
 */
export async function confirmUninstalls(deps: Pick<Deps, "db">): Promise<void> {
  const told = await deps.db
    .select({
      id: connections.id,
      workspaceId: connections.workspaceId,
      brokenReason: connections.brokenReason,
      toldAt: connections.uninstallToldAt,
    })
    .from(connections)
    .where(and(isNotNull(connections.uninstallToldAt), isNull(connections.disconnectedAt)));
  for (const { toldAt, ...connection } of told) {
    if (!toldAt) continue;
    // What one account has of its own holds up nobody else's news.
    await confirm(deps, { ...connection, toldAt }).catch((error) =>
      log.error("connection/uninstall-not-confirmed", { connectionId: connection.id, ...errorFields(error) }),
    );
  }
}

async function confirm(deps: Pick<Deps, "db">, told: Told): Promise<void> {
  if (told.brokenReason) return await callUninstalled(deps, told);
  if ((await askForToken(deps, told.id)) !== "lives") return;
  await deps.db.update(connections).set({ uninstallToldAt: null }).where(asTold(told));
}

/** A connection that has ended is marked so on the way. */
async function askForToken(
  deps: Pick<Deps, "db">,
  connectionId: string,
): Promise<"lives" | "ended" | "unknown"> {
  try {
    const { accessToken } = await heldToken(deps, connectionId);
    await replaceToken(deps, connectionId, accessToken);
    return "lives";
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error;
    if (error.kind === "unauthorized") return "ended";
    log.warn("connection/uninstall-not-confirmed", { connectionId, ...errorFields(error) });
    return "unknown";
  }
}

/** It had ended before the journal told why. */
async function callUninstalled({ db }: Pick<Deps, "db">, told: Told): Promise<void> {
  await db.transaction(async (tx) => {
    const ended = await tx
      .update(connections)
      .set({ brokenReason: "uninstalled", uninstallToldAt: null })
      .where(and(asTold(told), eq(connections.brokenReason, "revoked")))
      .returning({ id: connections.id });
    if (!ended.length) return;
    const stopped = await tx
      .select({ id: integrations.id })
      .from(integrations)
      .where(and(eq(integrations.connectionId, told.id), isNull(integrations.disconnectedAt)));
    await raiseBroken(tx, told.workspaceId, stopped, "uninstalled");
  });
}

/** What is told anew meanwhile is asked about anew. */
function asTold({ id, toldAt }: Told) {
  return and(
    eq(connections.id, id),
    isNull(connections.disconnectedAt),
    eq(connections.uninstallToldAt, toldAt),
  );
}
