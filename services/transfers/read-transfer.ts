import { z } from "zod";
import { hasTransfer, readTransferRow, type Transfer } from "@/db/queries/transfers";
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
  const found = await readTransferRow(ctx.db, ctx.workspaceId, knownRun(input.runId));
  if (!found) throw noTransfer();
  return found;
}

/** The id of a transfer that the workspace has; how it stands is not read. */
export async function requireTransfer(
  { db, workspaceId }: Pick<Ctx, "db" | "workspaceId">,
  runId: string,
): Promise<string> {
  const known = knownRun(runId);
  if (!(await hasTransfer(db, workspaceId, known))) throw noTransfer();
  return known;
}

function knownRun(runId: string): string {
  const parsed = z.uuid().safeParse(runId);
  if (!parsed.success) throw noTransfer();
  return parsed.data;
}

function noTransfer(): ServiceError {
  return new ServiceError("not_found", "no such transfer in this workspace");
}
