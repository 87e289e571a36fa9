import { and, sql } from "drizzle-orm";
import { z } from "zod";
import { RemoteError } from "@/connectors/hubspot/remote-error";
import { isOfAccount, readIntegrationConnection } from "@/db/queries/hubspot-connections";
import { integrations } from "@/db/schema/integrations";
import { liftDayPause } from "@/services/connections/lift-day-pause";
import { openConnection } from "@/services/connections/open-connection";
import { forPerson } from "@/services/connections/remote-failure";
import { type Ctx, requireAdmin } from "@/services/context";
import { type ComparisonRun, takeUpComparisons } from "@/services/reconcile/take-up";
import { ServiceError } from "@/services/service-error";
import { listOpenTransfers, type TransferRun } from "@/services/transfers/list-open";

const AskHubspotAgain = z.object({ integrationId: z.uuid() });

export type AskedAgain =
  /** The runs that slept; the caller tells the engine of them. */
  | { answered: true; comparisons: ComparisonRun[]; transfers: TransferRun[] }
  | { answered: false; until: Date };

/** Whether HubSpot takes calls again although the account's day was used up. If so, all that waited goes on. */
export async function askHubspotAgain({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.input<typeof AskHubspotAgain>;
}): Promise<AskedAgain> {
  requireAdmin(ctx);
  const { integrationId } = AskHubspotAgain.parse(input);
  const known = await readIntegrationConnection(ctx.db, ctx.workspaceId, integrationId);
  if (!known || known.integration.disconnectedAt)
    throw new ServiceError("not_found", "no such integration in this workspace");
  if (known.integration.state !== "active")
    throw new ServiceError("out_of_date", "the integration does not sync", { reason: "trying_not_active" });
  const { accountId } = known.connection;
  await liftDayPause(ctx, accountId);
  const until = await forPerson(() => refusedUntil(ctx, known.connection.id));
  if (until) return { answered: false, until };
  await endFaults(ctx, accountId);
  await ctx.wake([integrationId]);
  return {
    answered: true,
    comparisons: await takeUpComparisons(ctx.db, { integrationId }),
    transfers: await listOpenTransfers(ctx, { integrationId }),
  };
}

/** HubSpot's refusal for the day begins the pause anew. */
async function refusedUntil(ctx: Ctx, connectionId: string): Promise<Date | null> {
  const hubspot = await openConnection(ctx, connectionId);
  try {
    await hubspot.properties.list();
    return null;
  } catch (error) {
    if (!(error instanceof RemoteError) || error.pause?.reason !== "day") throw error;
    return new Date(Date.now() + error.pause.ms);
  }
}

/** The next search would end them too, in a minute at most. */
async function endFaults({ db }: Ctx, accountId: string): Promise<void> {
  await db
    .update(integrations)
    .set({ pollFault: null })
    .where(
      and(
        sql`${integrations.pollFault} ->> 'kind' = 'day_used_up'`,
        isOfAccount(sql`${integrations.id}`, accountId),
      ),
    );
}
