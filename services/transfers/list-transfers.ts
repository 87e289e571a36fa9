import { z } from "zod";
import { listTransferRows, readOpenTransferRow, type TransferRow } from "@/db/queries/transfers";
import type { Ctx } from "@/services/context";

export type { TransferRow } from "@/db/queries/transfers";
/** `open`: the one that has not ended, on whichever page it is: an old one may have been tried again. */
export type TransfersPage = { transfers: TransferRow[]; more: boolean; open: TransferRow | null };

const ListTransfers = z.object({
  integrationId: z.uuid(),
  /** The last one already shown, both together. */
  startedAt: z.iso.datetime().optional(),
  runId: z.uuid().optional(),
});

const pageLength = 20;

/** An integration's transfers, the latest first; none of another workspace. */
export async function listTransfers({
  ctx,
  input,
}: {
  ctx: Pick<Ctx, "db" | "workspaceId">;
  input: z.input<typeof ListTransfers>;
}): Promise<TransfersPage> {
  const { integrationId, startedAt, runId } = ListTransfers.parse(input);
  const [rows, open] = await Promise.all([
    listTransferRows(ctx.db, ctx.workspaceId, integrationId, {
      after: startedAt && runId ? { startedAt, runId } : null,
      limit: pageLength + 1,
    }),
    readOpenTransferRow(ctx.db, ctx.workspaceId, integrationId),
  ]);
  return { transfers: rows.slice(0, pageLength), more: rows.length > pageLength, open };
}
