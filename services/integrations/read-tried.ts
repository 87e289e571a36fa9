import { z } from "zod";
import { overviewHead } from "@/db/queries/overview";
import { type TriedRecords, triedRecords } from "@/db/queries/tried-records";
import type { Ctx } from "@/services/context";
import { ServiceError } from "@/services/service-error";
import { sides } from "@/sync/side";

const ReadTried = z.object({
  id: z.string(),
  /** The record that was tried, both together; all failing ones unless given. */
  side: z.enum(sides).optional(),
  recordId: z.string().max(60).optional(),
});

export type Tried = TriedRecords;

/** What became of the records that a person had tried again. */
export async function readTried({
  ctx,
  input,
}: {
  ctx: Pick<Ctx, "db" | "workspaceId">;
  input: Record<string, string>;
}): Promise<Tried> {
  const { id, side, recordId } = ReadTried.parse(input);
  const known = z.uuid().safeParse(id);
  const head = known.success ? await overviewHead(ctx.db, ctx.workspaceId, known.data) : null;
  if (!head) throw new ServiceError("not_found", "no such integration in this workspace");
  return triedRecords(ctx.db, ctx.workspaceId, head.id, side && recordId ? { side, recordId } : null);
}
