import type { HubspotClient } from "@/connectors/hubspot/client";
import type { Db } from "@/db/client";
import type { ConflictRow } from "@/db/queries/conflicts";
import { hubspotUserNames } from "@/db/queries/hubspot-users";
import { type ToldGiver, toldGiver } from "@/services/activities/told-giver";
import type { PageContext } from "@/services/sync/page-context";
import { type PastContactValue, pastValues } from "@/services/sync/past-values";
import { ownValue } from "@/sync/own-value";
import type { PlannerMapping } from "@/sync/planner-settings";
import type { Value } from "@/sync/value";

/** HubSpot knows us as one of its connected apps. */
const ownSource = "own";

/** What HubSpot's history says of a value; its `source` is "own" where we wrote it. */
export type HubspotChange = ToldGiver & { value: Value };
/** By the names of the properties in question, as far as HubSpot says anything. */
export type HubspotChanges = Record<string, HubspotChange>;

/** What is told of one property of a conflict's contact, the newest first. */
export type ToldProperty = { mapping: PlannerMapping; history: PastContactValue[] };

/** HubSpot's own history of what these conflicts are about, of fifty contacts a call: conflict id → its properties. */
export async function readToldProperties(
  hubspot: HubspotClient,
  page: PageContext,
  rows: ConflictRow[],
): Promise<Map<string, ToldProperty[]>> {
  const asked = rows.map((row) => ({ row, mappings: mappingsInQuestion(page, row) }));
  const histories = await hubspot.contacts.readHistories(
    asked.flatMap(({ row: { contactId: id }, mappings }) =>
      id ? [{ id, properties: mappings.map(({ fields }) => fields.hubspot) }] : [],
    ),
  );
  return new Map(
    asked.map(({ row, mappings }) => {
      const ofContact = histories.get(row.contactId ?? "") ?? {};
      const told = mappings.map((mapping) => {
        const entries = ownValue(ofContact, mapping.fields.hubspot) ?? [];
        return { mapping, history: pastValues(page, mapping, entries) };
      });
      return [row.id, told];
    }),
  );
}

/** Who changed each of them last and when: conflict id → its changes. */
export async function changesTold(
  db: Db,
  { connectionId }: Pick<PageContext, "connectionId">,
  told: Map<string, ToldProperty[]>,
): Promise<Map<string, HubspotChanges>> {
  const users = [...told.values()].flat().map(({ history }) => history[0]?.userId);
  const names = await hubspotUserNames(db, connectionId, users);
  const changeOf = ({ mapping, history: [newest] }: ToldProperty): [string, HubspotChange][] => {
    if (!newest) return [];
    const giver = newest.ours ? { ...newest, source: ownSource, userId: undefined } : newest;
    return [[mapping.fields.hubspot, { value: newest.value, ...toldGiver(giver, names) }]];
  };
  return new Map([...told].map(([id, properties]) => [id, Object.fromEntries(properties.flatMap(changeOf))]));
}

/** The field in conflict, or what was edited in HubSpot of a record that was deleted here. */
function mappingsInQuestion({ planner }: PageContext, row: ConflictRow): PlannerMapping[] {
  const ids = [
    row.mappingId,
    ...(row.detail.removedOn === "snov" ? row.edits : []).map(({ mappingId }) => mappingId),
  ];
  return planner.mappings.filter(({ id }) => ids.includes(id));
}
