import { z } from "zod";
import { type OverviewHead, overviewHead } from "@/db/queries/overview";
import type { Ctx } from "@/services/context";
import { ServiceError } from "@/services/service-error";

/** The integration of this workspace that a page's address names, whatever it names. */
export async function requireOverviewHead(
  ctx: Pick<Ctx, "db" | "workspaceId">,
  id: string,
): Promise<OverviewHead> {
  const known = z.uuid().safeParse(id);
  const head = known.success ? await overviewHead(ctx.db, ctx.workspaceId, known.data) : null;
  if (!head) throw new ServiceError("not_found", "no such integration in this workspace");
  return head;
}
