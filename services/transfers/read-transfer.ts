import { z } from "zod";
import { readTransferRow, type Transfer } from "@/db/queries/transfers";
import type { Ctx } from "@/services/context";
import { ServiceError } from "@/services/service-error";

export type { Transfer } from "@/db/queries/transfers";

/** A transfer as it stands, for every member of the workspace. */
export async function readTransfer({
  ctx,
  input,
}: {
  ctx: Pick<Ctx, "db" | "workspaceId">;
  input: { runId: string };
}): Promise<Transfer> {
  const runId = z.uuid().safeParse(input.runId);
  const found = runId.success ? await readTransferRow(ctx.db, ctx.workspaceId, runId.data) : null;
  if (!found) throw new ServiceError("not_found", "no such transfer in this workspace");
  return found;
}
