import { z } from "zod";
import { type HistoryPage, prospectsHistory } from "@/db/queries/prospects-history";
import type { Ctx } from "../context";

const ReadHistory = z.object({
  id: z.uuid(),
  before: z.coerce.number().int().positive().nullable().catch(null),
});

export type ProspectHistory = HistoryPage;

export async function readHistory({
  ctx,
  input,
}: {
  ctx: Pick<Ctx, "db" | "workspaceId">;
  input: { id: string; before: unknown };
}): Promise<ProspectHistory> {
  const { id, before } = ReadHistory.parse(input);
  return prospectsHistory(ctx.db, ctx.workspaceId, id, { before, limit: 25 });
}
