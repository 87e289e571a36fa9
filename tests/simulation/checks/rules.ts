import type { Side } from "@/sync/side";
import type { Value } from "@/sync/value";
import { type MappedField, policyOf } from "../settings";
import { sameMeaning } from "../values";
import type { Rule, World } from "../world";
import { contactOf, type FinalState } from "./final-state";
import { entriesOf, type Journal } from "./journal";
import { isLeftAlone, lookBefore } from "./pair-acts";

/**
 * "Always do this": nothing of a field is left to decide where its policy names one side; and what somebody was shown
 * that a rule would settle it has settled in that very way, unless anybody has acted on it since.
 */
export async function checkRules(world: World, state: FinalState, journal: Journal): Promise<string[]> {
  return [...stillAsked(world, state), ...(await promisesBroken(world, state, journal))];
}

function stillAsked(world: World, state: FinalState): string[] {
  return state.conflicts
    .filter(({ kind, field, outcome }) => {
      const policy = policyOf(world.settings, field);
      // A choice was taken back: its question is open once more, until somebody looks at the record.
      return (
        kind === "value" && outcome !== "undone" && (policy === "snov_wins" || policy === "hubspot_wins")
      );
    })
    .filter(({ linkId }) => {
      const link = state.links.find(({ id }) => id === linkId);
      const isDisputed =
        link && [`snov ${link.prospectId}`, `hubspot ${link.contactId}`].some((id) => state.disputed.has(id));
      return (
        link &&
        !isDisputed &&
        state.prospects.get(link.prospectId)?.live &&
        contactOf(world, state, link.contactId)?.live
      );
    })
    .map(
      ({ field, snov, hubspot }) =>
        `${field.snov} goes by ${policyOf(world.settings, field)}, and somebody is asked about ${JSON.stringify([snov, hubspot])}`,
    );
}

async function promisesBroken(world: World, state: FinalState, journal: Journal): Promise<string[]> {
  const rows = await world.database.raw(
    `select c.id::text, c.record_id, l.contact_id, c.outcome, c.base_value as base, extract(epoch from c.closed_at) * 1000 as closed
     from conflicts c join record_links l on l.id = c.link_id`,
  );
  return world.rules.flatMap((rule, place) =>
    rule.promised.flatMap(({ conflictId, writes }) => {
      const row = rows.find(({ id }) => id === conflictId);
      if (!row || !isBinding(world, rule, place, conflictId)) return [];
      const { at, field } = rule;
      // It was shown before anybody knew that HubSpot has lost the choice: by now the field waits for its pairing.
      if (writes.some(({ before }) => isLost(field, before))) return [];
      const pair = { prospectId: String(row.record_id), contactId: String(row.contact_id) };
      if (!isLeftAlone(world, state, journal, pair, field, at)) return [];
      const told = `${field.snov} of prospect ${pair.prospectId} was to be settled by ${rule.policy}`;
      if (row.closed === null) return [`${told}, and its conflict is still open`];
      const idOn = (side: Side) => (side === "snov" ? pair.prospectId : pair.contactId);
      const written = writes.map(({ side, after }) => ({
        side,
        after,
        entry: entriesOf(journal, side, idOn(side), field).find(
          (entry) => entry.by === "app" && entry.at > at && sameMeaning(field, entry.value, after),
        ),
      }));
      // Whoever had written it died before saying so, or HubSpot had refused it before and is not asked again.
      const isFound = written.every(({ entry, after }) =>
        entry ? entry.at < lookBefore(world, Number(row.closed)) : isRefused(field, after),
      );
      // One side had gone back to what was agreed on: nobody is asked about the other's edit, with a rule or without.
      const isOver = writes.every(({ before }) => sameMeaning(field, before, row.base as Value));
      const isSaid = row.outcome === "rule" || (row.outcome === "healed" && (isFound || isOver));
      return [
        ...(isSaid ? [] : [`${told}, and it is ${row.outcome}`]),
        ...written
          .filter(({ entry, after }) => !entry && !isRefused(field, after))
          .map(({ side, after }) => `${told}, and ${side} was not given ${JSON.stringify(after)}`),
      ];
    }),
  );
}

/** No person decided this one themselves, made another rule, or discarded what a fuse had stopped. */
function isBinding(world: World, { at, field }: Rule, place: number, conflictId: string): boolean {
  return (
    !world.choices.some(({ id }) => id === conflictId) &&
    !world.rules.slice(place + 1).some((later) => later.field === field) &&
    !world.fuseReplies.some((reply) => reply.answer === "discard" && reply.at > at)
  );
}

/** HubSpot has no such choice, or lets nobody else have it. */
function isRefused(field: MappedField, after: Value): boolean {
  return field.unique === true || isLost(field, after);
}

function isLost({ type, map }: MappedField, value: Value): boolean {
  return type === "choice" && [value, map?.[String(value)]].includes("tier_9");
}
