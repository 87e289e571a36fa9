import { sql } from "drizzle-orm";
import type { HubspotClient } from "@/connectors/hubspot/client";
import type { HistoryEntry } from "@/connectors/hubspot/read-histories";
import { isRefusal, RemoteError } from "@/connectors/hubspot/remote-error";
import type { Lane } from "@/db/schema/rates";
import type { FieldDelta, StoredGivers } from "@/db/schema/sync";
import { groupBy } from "@/lib/group-by";
import { errorFields, log } from "@/lib/log";
import { openConnection } from "@/services/connections/open-connection";
import type { Deps } from "@/services/context";
import type { PageContext } from "@/services/sync/page-context";
import { pastValues } from "@/services/sync/past-values";
import { toShared } from "@/sync/choices";
import { giverOf } from "@/sync/given";
import { ownValue } from "@/sync/own-value";
import type { UngivenActivity } from "./ungiven-activities";

/** HubSpot tells the histories of so many contacts in one call. */
const contactsAtOnce = 50;

/**
 * Asks HubSpot's own history who had given it these values, and keeps what it says: it is asked of an activity once. What
 * fails for some contacts is left to the next time, and the others are asked all the same.
 */
export async function learnGivers(
  deps: Pick<Deps, "db" | "budgetOf">,
  page: PageContext,
  activities: UngivenActivity[],
  lane: Lane,
): Promise<Map<number, StoredGivers>> {
  const learnt = new Map<number, StoredGivers>();
  if (!activities.length) return learnt;
  const hubspot = await openConnection(deps, page.connectionId, lane);
  const ofContacts = [...groupBy(activities, ({ contactId }) => contactId).values()];
  for (let start = 0; start < ofContacts.length; start += contactsAtOnce) {
    const asked = ofContacts.slice(start, start + contactsAtOnce);
    try {
      const found = await giversOf(hubspot, page, asked);
      await keep(deps, found);
      for (const [id, givers] of found) learnt.set(id, givers);
    } catch (error) {
      if (!(error instanceof RemoteError)) throw error;
      log.warn("hubspot/givers-not-read", { contacts: asked.length, ...errorFields(error) });
      if (isOfTheAccount(error)) break;
    }
  }
  return learnt;
}

/** What HubSpot refuses of many it is asked of each half; of one, it says nothing. */
async function giversOf(
  hubspot: HubspotClient,
  page: PageContext,
  ofContacts: UngivenActivity[][],
): Promise<[number, StoredGivers][]> {
  const activities = ofContacts.flat();
  const propertiesOf = ({ changes }: UngivenActivity) =>
    changes.flatMap((change) => mappingOf(page, change)?.fields.hubspot ?? []);
  try {
    const histories = await hubspot.contacts.readHistories(
      activities.map((activity) => ({ id: activity.contactId, properties: propertiesOf(activity) })),
    );
    return activities.map((activity) => [
      activity.id,
      giversIn(page, activity, histories.get(activity.contactId) ?? {}),
    ]);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    if (ofContacts.length === 1) return activities.map(({ id }) => [id, {}]);
    const half = Math.ceil(ofContacts.length / 2);
    return [
      ...(await giversOf(hubspot, page, ofContacts.slice(0, half))),
      ...(await giversOf(hubspot, page, ofContacts.slice(half))),
    ];
  }
}

function giversIn(
  page: PageContext,
  { changes, at }: UngivenActivity,
  histories: Record<string, HistoryEntry[]>,
): StoredGivers {
  return Object.fromEntries(
    changes.flatMap((change): [string, StoredGivers[string]][] => {
      const mapping = mappingOf(page, change);
      const shared = mapping && toShared(mapping, "snov", change.after);
      if (!mapping || shared?.kind !== "value") return [];
      const entries = ownValue(histories, mapping.fields.hubspot) ?? [];
      const taken = { value: shared.value, takenBy: at.getTime() };
      const giver = giverOf(mapping, pastValues(page, mapping, entries), taken);
      if (!giver) return [];
      const { source, userId } = giver;
      return [
        [change.field, { at: new Date(giver.at).toISOString(), source, ...(userId ? { userId } : {}) }],
      ];
    }),
  );
}

function mappingOf({ planner }: PageContext, { field }: FieldDelta) {
  return planner.mappings.find(({ fields }) => fields.snov === field);
}

/** What was forgotten meanwhile stays forgotten. */
async function keep({ db }: Pick<Deps, "db">, found: [number, StoredGivers][]): Promise<void> {
  const rows = JSON.stringify(found.map(([id, givers]) => ({ id, givers })));
  await db.execute(sql`
    update activities a set givers = found.givers
    from jsonb_to_recordset(${rows}::jsonb) as found(id bigint, givers jsonb)
    where a.id = found.id and a.givers is null`);
}

/** Whoever is asked next would fare no better. */
function isOfTheAccount({ kind, pause }: RemoteError): boolean {
  const kinds = ["unauthorized", "forbidden", "rate_limited", "call_refused"];
  return kinds.includes(kind) || pause !== undefined;
}
