import { z } from "zod";
import { overviewHead } from "@/db/queries/overview";
import { type RecordsPage, reasonedRecords } from "@/db/queries/overview-records";
import type { Ctx } from "@/services/context";
import { ServiceError } from "@/services/service-error";
import { sides } from "@/sync/side";

const ReadReasonedRecords = z.object({
  id: z.string(),
  status: z.enum(["failing", "excluded"]),
  reason: z.string().max(60),
  /** The last record already shown, all three together. */
  at: z.iso.datetime().optional(),
  side: z.enum(sides).optional(),
  recordId: z.string().max(60).optional(),
});

export type ReasonedRecordsPage = RecordsPage;

const pageLength = 20;

/** The failing or excluded records behind one reason. */
export async function readReasonedRecords({
  ctx,
  input,
}: {
  ctx: Pick<Ctx, "db" | "workspaceId">;
  input: Record<string, string>;
}): Promise<RecordsPage> {
  const { id, status, reason, at, side, recordId } = ReadReasonedRecords.parse(input);
  const known = z.uuid().safeParse(id);
  const head = known.success ? await overviewHead(ctx.db, ctx.workspaceId, known.data) : null;
  if (!head) throw new ServiceError("not_found", "no such integration in this workspace");
  const after = at && side && recordId ? { at, side, recordId } : null;
  return reasonedRecords(ctx.db, ctx.workspaceId, head.id, { status, reason, after, limit: pageLength });
}
