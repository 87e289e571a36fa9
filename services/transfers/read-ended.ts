import { z } from "zod";
import { type EndedTransfer, endedTransfers } from "@/db/queries/ended-transfers";
import type { Ctx } from "@/services/context";

export type EndedTransfers = { ended: EndedTransfer[]; until: string };

const ReadEnded = z.object({ since: z.iso.datetime().optional() });

/** One that ends while we look may be saved a moment later, with a time before ours. */
const overlapMs = 5_000;

/** The workspace's transfers that went through since somebody last asked; none at first. `until` is for the next time. */
export async function readEnded({
  ctx,
  input,
}: {
  ctx: Pick<Ctx, "db" | "workspaceId">;
  input: z.input<typeof ReadEnded>;
}): Promise<EndedTransfers> {
  const { since } = ReadEnded.parse(input);
  const until = new Date(Date.now() - overlapMs).toISOString();
  return { ended: since ? await endedTransfers(ctx.db, ctx.workspaceId, new Date(since)) : [], until };
}
