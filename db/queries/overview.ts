import { and, eq, gt, inArray, isNull, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { conflicts } from "@/db/schema/conflicts";
import { type BrokenReason, connections, type RefreshFault } from "@/db/schema/connections";
import { hourlyLatencies } from "@/db/schema/hours";
import { type FuseStop, type IntegrationState, integrations } from "@/db/schema/integrations";
import { pendingRecords } from "@/db/schema/sync";
import { latencyAt } from "@/lib/latency-buckets";
import { goneListsOf } from "./gone-lists";
import { type StandingCounts, standingCounts } from "./standing-counts";
import { type StoppedExtra, stoppedExtrasOf } from "./stopped-extras";
import { type StoppedMapping, stoppedMappings } from "./stopped-mappings";
import { countOfWaitingRecords } from "./waiting-records";

export type OverviewHead = {
  id: string;
  state: IntegrationState;
  wizardStep: string;
  connectionId: string;
  accountId: string;
  accountName: string;
  brokenReason: BrokenReason | null;
  refreshFault: RefreshFault | null;
  /** The fuse that stopped it, until somebody answers. */
  fuseStop: FuseStop | null;
  launchedAt: string | null;
  /** False while what exists already is still being looked through after launch. */
  existingLinked: boolean;
  propertiesRefreshedAt: string | null;
  /** Chosen HubSpot lists that HubSpot no longer has. */
  goneLists: string[];
  stoppedExtras: StoppedExtra[];
  stoppedMappings: StoppedMapping[];
};

/** Null for what is not in the workspace, or has been disconnected. */
export async function overviewHead(
  db: Db,
  workspaceId: string,
  integrationId: string,
): Promise<OverviewHead | null> {
  const [row] = await db
    .select({
      id: integrations.id,
      state: integrations.state,
      wizardStep: integrations.wizardStep,
      connectionId: connections.id,
      accountId: connections.accountId,
      accountName: connections.accountName,
      brokenReason: connections.brokenReason,
      refreshFault: connections.refreshFault,
      fuseStop: integrations.fuseStop,
      launchedAt: integrations.launchedAt,
      existingLinkedAt: integrations.existingLinkedAt,
      propertiesRefreshedAt: connections.propertiesRefreshedAt,
      incomingScope: integrations.incomingScope,
      goneLists: integrations.goneLists,
      constantToHubspot: integrations.constantToHubspot,
      constantStopped: integrations.constantStopped,
      statusProperty: integrations.statusProperty,
      statusStopped: integrations.statusStopped,
      marksContacts: integrations.marksContacts,
      markStopped: integrations.markStopped,
      stoppedLabels: integrations.stoppedLabels,
    })
    .from(integrations)
    .innerJoin(connections, eq(connections.id, integrations.connectionId))
    .where(
      and(
        eq(integrations.workspaceId, workspaceId),
        eq(integrations.id, integrationId),
        isNull(integrations.disconnectedAt),
      ),
    );
  if (!row) return null;
  const { existingLinkedAt, launchedAt, propertiesRefreshedAt, incomingScope, goneLists, ...rest } = row;
  const { constantToHubspot, constantStopped, statusProperty, statusStopped, ...marked } = rest;
  const { marksContacts, markStopped, stoppedLabels, ...head } = marked;
  return {
    ...head,
    launchedAt: launchedAt?.toISOString() ?? null,
    existingLinked: existingLinkedAt !== null,
    propertiesRefreshedAt: propertiesRefreshedAt?.toISOString() ?? null,
    goneLists: goneListsOf({ incomingScope, goneLists }),
    stoppedExtras: stoppedExtrasOf({
      constantToHubspot,
      constantStopped,
      statusProperty,
      statusStopped,
      marksContacts,
      markStopped,
      stoppedLabels,
    }),
    stoppedMappings: await stoppedMappings(db, integrationId),
  };
}

export type OverviewFigures = Pick<StandingCounts, "counts"> & {
  /** Records, not sides: a linked pair of which both sides wait is one. */
  waiting: number;
  /** How many of the waiting ones a page holds at this moment. */
  inHand: number;
  /** Since when the longest waiting record that is due waits. */
  waitingSince: string | null;
  openConflicts: number;
  /** Of the changes that travelled in the last 24 hours, in milliseconds. */
  medianLatencyMs: number | null;
};

/** The workspace was checked by whoever has the id from `overviewHead`; it is asked again all the same. */
export async function overviewFigures(
  db: Db,
  workspaceId: string,
  integrationId: string,
): Promise<{ figures: OverviewFigures } & Pick<StandingCounts, "reasons">> {
  const own = db
    .select({ id: integrations.id })
    .from(integrations)
    .where(and(eq(integrations.workspaceId, workspaceId), eq(integrations.id, integrationId)));
  const [{ counts, reasons }, [pending], [open], latencies] = await Promise.all([
    standingCounts(db, { workspaceId, integrationId }),
    db
      .select({
        count: countOfWaitingRecords(),
        inHand: sql<number>`(count(*) filter (where ${pendingRecords.leasedUntil} > now()))::int`,
        since: sql<
          string | null
        >`min(${pendingRecords.noticedAt}) filter (where ${pendingRecords.dueAt} <= now())`,
      })
      .from(pendingRecords)
      .where(inArray(pendingRecords.integrationId, own)),
    db
      .select({ count: sql<number>`count(*)::int` })
      .from(conflicts)
      .where(and(inArray(conflicts.integrationId, own), isNull(conflicts.closedAt))),
    db
      .select({ bucket: hourlyLatencies.bucket, changes: hourlyLatencies.changes })
      .from(hourlyLatencies)
      .where(
        and(
          inArray(hourlyLatencies.integrationId, own),
          gt(hourlyLatencies.hour, sql`now() - interval '24 hours'`),
        ),
      ),
  ]);
  const figures = {
    counts,
    waiting: pending?.count ?? 0,
    inHand: pending?.inHand ?? 0,
    waitingSince: pending?.since ? new Date(pending.since).toISOString() : null,
    openConflicts: open?.count ?? 0,
    medianLatencyMs: latencyAt(0.5, latencies),
  };
  return { figures, reasons };
}
