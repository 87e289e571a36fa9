import { eq } from "drizzle-orm";
import type { HubspotClient } from "@/connectors/hubspot/client";
import type { Contact } from "@/connectors/hubspot/contact";
import type { Tx } from "@/db/client";
import { integrations } from "@/db/schema/integrations";
import { errorFields, log } from "@/lib/log";
import { currentlyReadsRecycleBin, currentSource } from "@/services/change-notices/current-source";
import { judgeFound, noteFound } from "@/services/change-notices/found-by-search";
import { type FaultPlace, notingFault } from "@/services/change-notices/noting-fault";
import { openConnection } from "@/services/connections/open-connection";
import type { Deps } from "@/services/context";
import { rereadDoubted } from "@/services/properties/reread-doubted";
import { loadPageContext } from "./load-page-context";
import type { PageContext } from "./page-context";
import { type Polled, pollChanged } from "./poll-changed";
import { pollListMembers } from "./poll-list-members";
import { pollRecycleBin } from "./poll-recycle-bin";

/** How long each part of a poll reads before it gives way; every page within it is saved for itself. */
const partMs = 4_000;

/**
 * Asks HubSpot which contacts changed, and which joined a chosen list, since the last poll, and marks them: what
 * webhooks did not tell arrives all the same; where no journal does, also which were archived. `more`: something is
 * left to read, now. Properties that are in doubt are read again as well, and what webhooks did not tell is judged. No part's
 * fault ends another one: the first is thrown at the end, and each is logged.
 */
export async function pollContacts(
  deps: Deps,
  integrationId: string,
  { ms = partMs }: { ms?: number } = {},
): Promise<Polled> {
  const page = await loadPageContext(deps.db, integrationId);
  if (!page) return nothing;
  return await notingFault(faultOf(deps, integrationId), () => poll(deps, page, ms));
}

const nothing: Polled = { noticed: 0, more: false };

async function poll(deps: Deps, page: PageContext, ms: number): Promise<Polled> {
  const hubspot = await openConnection(deps, page.connectionId, "bulk");
  const doubted = await settled("doubted-properties", () => rereadDoubted(deps, page.connectionId));
  const isPushed = (await currentSource(deps)) === "push";
  const judged = await settled("found", async () => {
    if (isPushed) await judgeFound(deps.db, page);
  });
  const onNews = (tx: Tx, news: Contact[]) => noteFound(tx, page, news);
  const changed = await settled("changed", () =>
    pollChanged(deps.db, hubspot, page, Date.now() + ms, isPushed ? onNews : undefined),
  );
  const joined = await settled("list-members", () =>
    pollListMembers(deps.db, hubspot.lists, page, Date.now() + ms),
  );
  const more = [changed, joined].some((part) => part.status === "fulfilled" && part.value.more);
  // Once a poll, when all else is read.
  const removed = await settled("recycle-bin", async () =>
    more ? nothing : pollRemoved(deps, hubspot, page, Date.now() + ms),
  );
  const parts = [changed, joined, removed];
  const noticed = parts.reduce(
    (sum, part) => sum + (part.status === "fulfilled" ? part.value.noticed : 0),
    0,
  );
  if (noticed) await deps.wake([page.integrationId]);
  const failed = [doubted, judged, ...parts].find((part) => part.status === "rejected");
  if (failed) throw failed.reason;
  return { noticed, more };
}

async function settled<T>(part: string, act: () => Promise<T>): Promise<PromiseSettledResult<T>> {
  try {
    return { status: "fulfilled", value: await act() };
  } catch (reason) {
    log.warn("poll/part-failed", { part, ...errorFields(reason) });
    return { status: "rejected", reason };
  }
}

async function pollRemoved(
  deps: Deps,
  hubspot: HubspotClient,
  page: PageContext,
  end: number,
): Promise<Polled> {
  if (!(await currentlyReadsRecycleBin(deps))) return nothing;
  return await pollRecycleBin(deps.db, hubspot.contacts, page, end);
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
