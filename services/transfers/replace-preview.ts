import { and, eq, isNull } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { runs } from "@/db/schema/runs";
import { ServiceError } from "@/services/service-error";

/** A preview that nobody allowed gives way to a new one; a transfer that is under way does not. Returns the new run. */
export async function replacePreview(tx: Tx, integrationId: string, userId: string): Promise<string> {
  const [open] = await tx
    .select()
    .from(runs)
    .where(and(eq(runs.integrationId, integrationId), eq(runs.kind, "transfer"), isNull(runs.finishedAt)))
    .for("update");
  if (open && open.state !== "previewing" && open.state !== "previewed")
    throw new ServiceError("out_of_date", "another transfer is open", { reason: "transfer_open" });
  if (open)
    await tx.update(runs).set({ state: "cancelled", finishedAt: new Date() }).where(eq(runs.id, open.id));
  const [run] = await tx
    .insert(runs)
    .values({ integrationId, kind: "transfer", state: "previewing", startedBy: userId })
    .returning({ id: runs.id });
  if (!run) throw new Error("the run was not returned");
  return run.id;
}
