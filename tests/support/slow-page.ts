import { claimPending } from "@/services/sync/claim-pending";
import { type Conclude, commitPage } from "@/services/sync/commit-page";
import type { Delivered } from "@/services/sync/deliver-page";
import { loadPageContext } from "@/services/sync/load-page-context";
import { observePage } from "@/services/sync/observe-page";
import { planPage } from "@/services/sync/plan-page";
import type { SyncWorld } from "./sync-world";

/** What a page begins with: its integration's settings and the records it has claimed. */
export async function claimPage({ db }: Pick<SyncWorld, "db">, integrationId: string) {
  const page = await loadPageContext(db, integrationId);
  if (!page) throw new Error("the integration is not active");
  return { page, claim: await claimPending(db, integrationId) };
}

/**
 * A page that has read and planned, and commits when it is told to; HubSpot was not asked, and answered `delivered`. What
 * its transaction has left to do is `conclude`.
 */
export async function slowPage({ db, hubspot, ...world }: SyncWorld, integrationId = world.integrationId) {
  const { page, claim } = await claimPage({ db }, integrationId);
  const sources = { db, hubspot };
  const works = await planPage(sources, page, await observePage(sources, page, claim.records), new Set());
  return {
    works,
    commit: (delivered: Delivered = new Map(), conclude?: Conclude) =>
      commitPage(db, page, claim, works, delivered, conclude),
  };
}
