import { and, eq, inArray, isNull, ne } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { conditionsOf, wronglyTold } from "@/db/queries/conditions";
import { integrations } from "@/db/schema/integrations";
import { notices } from "@/db/schema/notices";
import type { Deps } from "@/services/context";
import { raiseNotices } from "./raise-notices";

/**
 * Has the open notices say what is so: raises what nobody was told of, corrects counts and ends what is over. What is
 * counted is told by this alone; the rest is told where it arises, and this repairs what was missed.
 */
export async function keepNotices({ db }: Pick<Deps, "db">): Promise<{ kept: number }> {
  const wrong = await wronglyTold(db);
  for (const id of wrong) await db.transaction((tx) => tellAnew(tx, id));
  return { kept: wrong.length };
}

/** The integration is held, so that what is answered or mended meanwhile is not told as news. */
async function tellAnew(tx: Tx, integrationId: string): Promise<void> {
  await tx
    .select({ id: integrations.id })
    .from(integrations)
    .where(eq(integrations.id, integrationId))
    .for("no key update");
  const so = await conditionsOf(tx, integrationId);
  await raiseNotices(
    tx,
    so.map(({ runId, ...condition }) => (runId ? { ...condition, runId } : condition)),
  );
  const told = await tx
    .select({ id: notices.id, kind: notices.kind, runId: notices.runId })
    .from(notices)
    .where(
      and(
        eq(notices.integrationId, integrationId),
        ne(notices.kind, "transfer_ended"),
        isNull(notices.endedAt),
      ),
    );
  const over = told
    .filter((one) => !so.some(({ kind, runId }) => kind === one.kind && runId === one.runId))
    .map(({ id }) => id);
  if (over.length) await tx.update(notices).set({ endedAt: new Date() }).where(inArray(notices.id, over));
}
