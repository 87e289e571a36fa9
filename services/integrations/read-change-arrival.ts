import { type ChangeIntake, changeIntake } from "@/db/queries/change-intake";
import { env } from "@/lib/env";
import type { Ctx } from "@/services/context";
import type { ChangeSource } from "@/services/notices/change-source";
import { currentSource } from "@/services/notices/current-source";
import { ServiceError } from "@/services/service-error";

export type ChangeArrival = ChangeIntake & { source: ChangeSource };

/** By what way HubSpot's changes are learnt of, and how late. */
export async function readChangeArrival(
  ctx: Pick<Ctx, "db" | "workspaceId">,
  integrationId: string,
): Promise<ChangeArrival> {
  const [source, intake] = await Promise.all([
    currentSource(ctx),
    changeIntake(ctx.db, ctx.workspaceId, integrationId, env().HUBSPOT_APP_ID),
  ]);
  if (!intake) throw new ServiceError("not_found", "no such integration in this workspace");
  return { ...intake, source };
}
