import { randomUUID } from "node:crypto";
import { and, eq, isNull } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { runs } from "@/db/schema/runs";
import type { Ctx } from "@/services/context";
import { ServiceError } from "@/services/service-error";

/**
 * A preview that nobody allowed gives way to a new one, and remembers to whose, for it may have been another person's; a
 * transfer that is under way does not. Returns the new run.
 */
export async function replacePreview(
  tx: Tx,
  integrationId: string,
  { userId, userName: name }: Pick<Ctx, "userId" | "userName">,
): Promise<string> {
  const [open] = await tx
    .select()
    .from(runs)
    .where(and(eq(runs.integrationId, integrationId), eq(runs.kind, "transfer"), isNull(runs.finishedAt)))
    .for("no key update");
  if (open && open.state !== "previewing" && open.state !== "previewed")
    throw new ServiceError("out_of_date", "another transfer is open", { reason: "transfer_open" });
  const id = randomUUID();
  if (open)
    await tx
      .update(runs)
      .set({
        state: "cancelled",
        finishedAt: new Date(),
        checkpoint: { ...open.checkpoint, replacedBy: { runId: id, name } },
      })
      .where(eq(runs.id, open.id));
  await tx
    .insert(runs)
    .values({ id, integrationId, kind: "transfer", state: "previewing", startedBy: userId });
  return id;
}
