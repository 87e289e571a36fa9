import type { HubspotContacts } from "@/connectors/hubspot/contacts";
import { fromWire } from "@/connectors/hubspot/mapper";
import type { Db } from "@/db/client";
import type { SentValues } from "@/db/schema/sync";
import { log } from "@/lib/log";
import { recordActivities } from "@/services/activities/record-activity";
import { sameMeaning } from "@/sync/mapping-value";
import { afterOverwrite, overwrittenValue } from "@/sync/overwritten";
import type { PageContext } from "./page-context";
import { pastValues } from "./past-values";
import type { Observation } from "./record-work";
import { dropUnconfirmed } from "./unconfirmed-writes";

/** A pair of which something was written to HubSpot, and what. */
export type WrittenPair = { observation: Observation; sent: SentValues };

type Lost = WrittenPair & {
  mappingId: string;
  field: string;
  raw: string;
  sentRaw: string;
  putBack: boolean;
  why: "policy" | "source" | undefined;
};

/**
 * HubSpot has no conditional write: somebody may change a value between our read and our write. The property's
 * history then shows it under ours. An activity row holds every such value; where neither a policy nor the
 * direction would have replaced it, it is put back, and the record is looked at again. Safe to repeat.
 * Returns the records that something was put back for.
 */
export async function mendOverwritten(
  db: Db,
  contacts: HubspotContacts,
  page: PageContext,
  written: WrittenPair[],
): Promise<Set<Observation>> {
  const lost = await findLost(contacts, page, written);
  if (!lost.length) return new Set();
  await db.transaction((tx) =>
    recordActivities(
      tx,
      lost.map((value) => activityOf(page, value)),
    ),
  );
  const back = lost.filter(({ putBack }) => putBack);
  const updates = new Map<string, Record<string, string>>();
  for (const { observation, field, raw } of back)
    if (observation.contact)
      updates.set(observation.contact.id, { ...updates.get(observation.contact.id), [field]: raw });
  if (updates.size) {
    const answers = await contacts.update([...updates].map(([id, properties]) => ({ id, properties })));
    for (const answer of answers.values())
      if (!answer.ok) log.warn("overwritten/not-put-back", { kind: answer.error.kind });
  }
  const mended = new Set(back.map(({ observation }) => observation));
  for (const observation of mended)
    if (observation.prospect)
      await dropUnconfirmed(
        db,
        page.integrationId,
        observation.prospect.id,
        back.filter((value) => value.observation === observation).map(({ mappingId }) => mappingId),
      );
  return mended;
}

async function findLost(
  contacts: HubspotContacts,
  page: PageContext,
  written: WrittenPair[],
): Promise<Lost[]> {
  const mappings = page.planner.mappings.filter(({ stopped }) => !stopped);
  const asked = written.flatMap(({ observation: { contact }, sent }) => {
    const properties = mappings.filter(({ id }) => sent[id]).map(({ fields }) => fields.hubspot);
    return contact && properties.length ? [{ id: contact.id, properties }] : [];
  });
  if (!asked.length) return [];
  const histories = await contacts.readHistories(asked);
  return written.flatMap((pair) => mappings.flatMap((mapping) => lostIn(pair, mapping) ?? []));

  function lostIn(pair: WrittenPair, mapping: (typeof mappings)[number]): Lost | null {
    const { contact, link, prospect } = pair.observation;
    const field = mapping.fields.hubspot;
    const history = pastValues(page, mapping, histories.get(contact?.id ?? "")?.[field] ?? []);
    const [newest] = history;
    for (const { sent, seen } of pair.sent[mapping.id] ?? []) {
      const lost = overwrittenValue(mapping, history, { seen, sent });
      if (!lost || !newest) continue;
      const fate = afterOverwrite(mapping, "hubspot", {
        base: link?.base[mapping.id],
        sent,
        sentChangedAt: prospect?.changedAt[mapping.fields.snov],
        lost,
      });
      const stillOurs = newest.ours && sameMeaning(mapping, newest.value, sent);
      const why =
        fate.kind === "stands" && fate.why !== "changed" && fate.why !== "filled" ? fate.why : undefined;
      return {
        ...pair,
        mappingId: mapping.id,
        field,
        raw: lost.raw,
        sentRaw: newest.raw,
        putBack: stillOurs && fate.kind === "put_back",
        why,
      };
    }
    return null;
  }
}

function activityOf(page: PageContext, { observation, mappingId, field, raw, sentRaw, putBack, why }: Lost) {
  const type = page.propertyTypes.get(field) ?? "text";
  const [replaced, now] = [fromWire(type, raw), fromWire(type, sentRaw)];
  return {
    workspaceId: page.workspaceId,
    integrationId: page.integrationId,
    prospectId: observation.prospect?.id ?? null,
    contactId: observation.contact?.id ?? null,
    side: "hubspot" as const,
    kind: putBack ? "contact/value_put_back" : "contact/value_replaced",
    recordName: observation.prospect?.name ?? null,
    changes: [
      {
        field,
        label: page.labels.get(mappingId)?.hubspot ?? field,
        before: putBack ? now : replaced,
        after: putBack ? replaced : now,
        ...(why ? { why } : {}),
      },
    ],
    cause: { kind: "sync" as const, from: "snov" as const },
  };
}
