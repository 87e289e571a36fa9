import { eq } from "drizzle-orm";
import type { Contact } from "@/connectors/hubspot/contact";
import type { Tx } from "@/db/client";
import { integrations } from "@/db/schema/integrations";
import { openConnection } from "@/services/connections/open-connection";
import type { Deps } from "@/services/context";
import { currentSource } from "@/services/notices/current-source";
import { judgeFound, noteFound } from "@/services/notices/found-by-search";
import { type FaultPlace, notingFault } from "@/services/notices/noting-fault";
import { loadPageContext } from "./load-page-context";
import type { PageContext } from "./page-context";
import { type Polled, pollChanged } from "./poll-changed";
import { pollListMembers } from "./poll-list-members";

/** How long each half of a poll reads before it gives way; every page within it is saved for itself. */
const halfMs = 4_000;

/**
 * Asks HubSpot which contacts changed, and which joined a chosen list, since the last poll, and marks them: what
 * webhooks did not tell arrives all the same. `more`: something is left to read, now. Neither half waits for the
 * other, so that a fault of one lets the other go on.
 */
export async function pollContacts(
  deps: Deps,
  integrationId: string,
  { ms = halfMs }: { ms?: number } = {},
): Promise<Polled> {
  const page = await loadPageContext(deps.db, integrationId);
  if (!page) return { noticed: 0, more: false };
  return await notingFault(faultOf(deps, integrationId), () => poll(deps, page, ms));
}

async function poll(deps: Deps, page: PageContext, ms: number): Promise<Polled> {
  const hubspot = await openConnection(deps, page.connectionId, "bulk");
  const isPushed = (await currentSource(deps)) === "push";
  if (isPushed) await judgeFound(deps.db, page);
  const onNews = (tx: Tx, news: Contact[]) => noteFound(tx, page, news);
  const [changed] = await Promise.allSettled([
    pollChanged(deps.db, hubspot, page, Date.now() + ms, isPushed ? onNews : undefined),
  ]);
  const [joined] = await Promise.allSettled([pollListMembers(deps.db, hubspot.lists, page, Date.now() + ms)]);
  const halves = [changed, joined];
  const polled = halves.flatMap((half) => (half.status === "fulfilled" ? [half.value] : []));
  const noticed = polled.reduce((sum, half) => sum + half.noticed, 0);
  if (noticed) await deps.wake([page.integrationId]);
  const failed = halves.find((half) => half.status === "rejected");
  if (failed) throw failed.reason;
  return { noticed, more: polled.some(({ more }) => more) };
}

function faultOf({ db }: Deps, integrationId: string): FaultPlace {
  const own = eq(integrations.id, integrationId);
  return {
    read: async () => {
      const [row] = await db.select({ fault: integrations.pollFault }).from(integrations).where(own);
      return row?.fault ?? null;
    },
    keep: async (pollFault) => {
      await db.update(integrations).set({ pollFault }).where(own);
    },
  };
}
