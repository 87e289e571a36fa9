import { type ChangeIntake, changeIntake, type LatestNotice } from "@/db/queries/change-intake";
import type { SourceFault, SourceFaultKind } from "@/db/schema/source-fault";
import { env } from "@/lib/env";
import type { ChangeSource } from "@/services/change-notices/change-source";
import { currentSource } from "@/services/change-notices/current-source";
import type { Ctx } from "@/services/context";
import { ServiceError } from "@/services/service-error";

/** `isStanding`: HubSpot has said that it takes no calls for hours; nothing is tried until then, unless a person asks. */
type LastingFault = SourceFault & { isStanding: boolean };

export type ChangeArrival = Omit<ChangeIntake, "pushed" | "journaled" | "pollFault" | "journalFault"> & {
  source: ChangeSource;
  pollFault: LastingFault | null;
  journalFault: LastingFault | null;
  /** By that source; the search tells none. */
  latest: LatestNotice | null;
  /** Where notices are pushed: so much else was found since the last one that they do not seem to reach us. */
  isPushSilent: boolean;
};

const passingMs = 2 * 60_000;
/** One or two webhooks may be lost, or late. */
const silentFrom = 3;

/** By what way HubSpot's changes are learnt of, how late, and what has kept them from coming for minutes. */
export async function readChangeArrival(
  ctx: Pick<Ctx, "db" | "workspaceId">,
  integrationId: string,
): Promise<ChangeArrival> {
  const [source, intake] = await Promise.all([
    currentSource(ctx),
    changeIntake(ctx.db, ctx.workspaceId, integrationId, env().HUBSPOT_APP_ID),
  ]);
  if (!intake) throw new ServiceError("not_found", "no such integration in this workspace");
  const { pushed, journaled, ...rest } = intake;
  const untold = source === "push" ? rest.untold : null;
  return {
    ...rest,
    source,
    latest: { push: pushed, journal: journaled, poll: null }[source],
    untold,
    isPushSilent: (untold?.sincePush ?? 0) >= silentFrom,
    pollFault: lasting(intake.pollFault),
    journalFault: lasting(intake.journalFault),
  };
}

const standing: SourceFaultKind[] = ["day_used_up", "moving"];

/** Null for what the next try may well have mended before anybody has read of it. */
function lasting(fault: SourceFault | null): LastingFault | null {
  if (!fault) return null;
  const isStanding = standing.includes(fault.kind);
  return isStanding || Date.now() - Date.parse(fault.since) > passingMs ? { ...fault, isStanding } : null;
}
