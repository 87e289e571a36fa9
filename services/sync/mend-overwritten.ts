import type { HubspotContacts } from "@/connectors/hubspot/contacts";
import { fromWire } from "@/connectors/hubspot/mapper";
import type { Db } from "@/db/client";
import type { SentValues } from "@/db/schema/sync";
import { groupBy } from "@/lib/group-by";
import { recordActivities } from "@/services/activities/record-activity";
import { countChanges } from "@/services/figures/count-changes";
import { sameMeaning } from "@/sync/mapping-value";
import { afterOverwrite, isOf, overwrittenValue } from "@/sync/overwritten";
import { ownValue } from "@/sync/own-value";
import type { PlannerMapping } from "@/sync/planner-settings";
import { fieldLabel } from "./field-label";
import type { PageContext } from "./page-context";
import { type PastContactValue, pastValues } from "./past-values";
import { type AppliedWrite, type Observation, prospectIdOf } from "./record-work";
import { riddenFields } from "./ridden-fields";
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

/** What a look under our own writes found. */
export type LookUnder = {
  /** Records that something was put back for: they are looked at again. */
  putBack: Set<Observation>;
  /** Writes of ours that HubSpot has taken, by the record they were for. */
  applied: Map<Observation, AppliedWrite[]>;
};

/**
 * HubSpot has no conditional write: somebody may change a value between our read and our write. The property's
 * history then shows it under ours. Where neither a policy nor the direction would have replaced it, it is put
 * back; an activity row holds it either way. Putting back is a write like any other, so that somebody may have
 * typed under that as well: it is looked at in the same way. Safe to repeat: what stands again is not found a
 * second time, and what stays replaced is told once more at worst. A page that `hold` says was overtaken leaves all of it
 * to that next look.
 */
export async function mendOverwritten(
  db: Db,
  contacts: HubspotContacts,
  page: PageContext,
  written: WrittenPair[],
  hold: () => Promise<void>,
): Promise<LookUnder> {
  const { lost, applied } = await lookUnder(contacts, page, written);
  const back: Lost[] = [];
  const tried: Lost[] = [];
  for (let found = lost; found.length; ) {
    // First of all it is held here: whatever happens on the way back, it is not lost.
    await tell(db, page, found, false, hold);
    const stands = await putBack(contacts, found, hold);
    await tell(db, page, stands, true, hold);
    back.push(...stands);
    // What HubSpot refuses to take back would be refused, and told, at the next look as well.
    tried.push(...found.filter((value) => value.putBack));
    found = (await lookUnder(contacts, page, stands.map(ofOneMapping))).lost;
  }
  const mended = new Set(back.map(({ observation }) => observation));
  for (const observation of mended)
    if (observation.prospect)
      await dropUnconfirmed(
        db,
        page.integrationId,
        observation.prospect.id,
        tried.filter((value) => value.observation === observation).map(({ mappingId }) => mappingId),
      );
  return { putBack: mended, applied };
}

function ofOneMapping({ observation, sent, mappingId }: Lost): WrittenPair {
  return { observation, sent: { [mappingId]: sent[mappingId] ?? [] } };
}

async function tell(
  db: Db,
  page: PageContext,
  lost: Lost[],
  putBack: boolean,
  hold: () => Promise<void>,
): Promise<void> {
  if (!lost.length) return;
  await hold();
  const rows = lost.map((value) => activityOf(page, value, putBack));
  await db.transaction(async (tx) => {
    await recordActivities(tx, rows);
    // What stays replaced was written by somebody else.
    if (putBack) await countChanges(tx, page.integrationId, rows);
  });
}

/**
 * Returns what HubSpot took back; what it refuses stays replaced, and is told as that. A refusal of one field is no
 * reason against the others of its contact: they are sent again without it.
 */
async function putBack(contacts: HubspotContacts, lost: Lost[], hold: () => Promise<void>): Promise<Lost[]> {
  const stands: Lost[] = [];
  let due = lost.filter(({ putBack, observation }) => putBack && observation.contact);
  while (due.length) {
    const outcomes = await contacts.update(updatesOf(due), hold);
    const outcomeOf = ({ observation }: Lost) => outcomes.get(observation.contact?.id ?? "");
    stands.push(...due.filter((value) => outcomeOf(value)?.ok));
    due = due.filter((value) => {
      const outcome = outcomeOf(value);
      if (!outcome || outcome.ok) return false;
      const refused = outcome.error.fields?.map(({ property }) => property) ?? [];
      const ofContact = due.filter(({ observation }) => observation === value.observation);
      return ofContact.some(({ field }) => refused.includes(field)) && !refused.includes(value.field);
    });
  }
  return stands;
}

function updatesOf(values: Lost[]): { id: string; properties: Record<string, string> }[] {
  return [...groupBy(values, ({ observation }) => observation.contact?.id ?? "")].map(([id, ofContact]) => ({
    id,
    properties: Object.fromEntries(ofContact.map(({ field, raw }) => [field, raw])),
  }));
}

async function lookUnder(
  contacts: HubspotContacts,
  page: PageContext,
  written: WrittenPair[],
): Promise<{ lost: Lost[]; applied: LookUnder["applied"] }> {
  const mappings = [...page.planner.mappings.filter(({ stopped }) => !stopped), ...riddenFields(page)];
  const asked = written.flatMap(({ observation: { contact }, sent }) => {
    const properties = mappings.filter(({ id }) => sent[id]).map(({ fields }) => fields.hubspot);
    return contact && properties.length ? [{ id: contact.id, properties }] : [];
  });
  const applied: LookUnder["applied"] = new Map();
  if (!asked.length) return { lost: [], applied };
  const histories = await contacts.readHistories(asked);
  const lost = written.flatMap((pair) => mappings.flatMap((mapping) => lostIn(pair, mapping)));
  return { lost, applied };

  function lostIn(pair: WrittenPair, mapping: PlannerMapping): Lost[] {
    const found: Lost[] = [];
    const { contact, link, prospect } = pair.observation;
    const field = mapping.fields.hubspot;
    const history = pastValues(page, mapping, ownValue(histories.get(contact?.id ?? "") ?? {}, field) ?? []);
    const [newest] = history;
    const taken = new Set<PastContactValue>();
    for (const write of pair.sent[mapping.id] ?? []) {
      const { sent, seen, told = false, run = null, theirs = false } = write;
      // What died before it was sent was sent anew later: one entry is one write.
      const entry = history.findLast((one) => !taken.has(one) && isOf(mapping, write, one));
      if (entry) {
        taken.add(entry);
        applied.set(pair.observation, [
          ...(applied.get(pair.observation) ?? []),
          {
            field,
            mappingId: mapping.id,
            before: seen,
            after: sent,
            run,
            by: write.by ?? null,
            told,
            theirs,
          },
        ]);
      }
      const overwritten = overwrittenValue(mapping, history, write);
      if (!overwritten || !newest) continue;
      const { lost, by, byPuttingBack } = overwritten;
      if (sameMeaning(mapping, newest.value, lost.value)) continue;
      // What a person typed over what another one had typed there is the newer of the two, and no undo replaces either.
      const fate =
        byPuttingBack || run?.undoneBy
          ? ({ kind: "put_back" } as const)
          : afterOverwrite(mapping, "hubspot", {
              base: link?.base[mapping.id],
              sent,
              sentChangedAt: prospect?.changedAt[mapping.fields.snov],
              lost,
            });
      const goesBack = newest === by && fate.kind === "put_back";
      // The look that told of the write has told of what it replaced, too.
      if (told && !goesBack) continue;
      const why =
        fate.kind === "stands" && fate.why !== "changed" && fate.why !== "filled" ? fate.why : undefined;
      found.push({
        ...pair,
        mappingId: mapping.id,
        field,
        raw: lost.raw,
        sentRaw: newest.raw,
        putBack: goesBack,
        why,
      });
    }
    return found;
  }
}

function activityOf(page: PageContext, { observation, field, raw, sentRaw, why }: Lost, putBack: boolean) {
  const type = page.propertyTypes.get(field) ?? "text";
  const [replaced, now] = [fromWire(type, raw), fromWire(type, sentRaw)];
  return {
    workspaceId: page.workspaceId,
    integrationId: page.integrationId,
    prospectId: prospectIdOf(observation),
    contactId: observation.contact?.id ?? null,
    side: "hubspot" as const,
    kind: putBack ? "contact/value_put_back" : "contact/value_replaced",
    recordName: observation.prospect?.name ?? null,
    changes: [
      {
        field,
        label: fieldLabel(page, "hubspot", field),
        before: putBack ? now : replaced,
        after: putBack ? replaced : now,
        ...(why ? { why } : {}),
      },
    ],
    cause: { kind: "sync" as const, from: "snov" as const },
  };
}
