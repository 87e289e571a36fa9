import { deliverAll } from "../actors/notices";
import { drain, markEverything } from "../quiet";
import type { World } from "../world";
import { type FinalState, readFinalState } from "./final-state";

/** Planning again after applying plans nothing: every record is looked at once more, and nothing moves anywhere. */
export async function checkRepeat(world: World): Promise<string[]> {
  // A record may wait for another: an address that was taken is free once its holder was brought in order.
  for (let round = 0; round < 2; round += 1) await sweep(world);
  const before = await readFinalState(world);
  const calls = world.calls.length;
  await sweep(world);
  const after = await readFinalState(world);
  const writes = world.calls
    .slice(calls)
    // What HubSpot refuses is said again each time; it changes nothing.
    .filter(
      ({ call, status, taken }) =>
        call.url.includes("/crm/objects/") && (status === 207 ? taken > 0 : status < 207),
    );
  return [
    ...writes.map(({ call }) => `HubSpot was written again: ${call.method} ${call.url} ${call.body ?? ""}`),
    ...moved(before, after),
    ...(before.activities.length === after.activities.length
      ? []
      : after.activities
          .slice(before.activities.length)
          // What fuses and their answers say: see `sweep`.
          .filter(({ kind }) => !kind.startsWith("integration/"))
          .map(({ kind, prospectId, contactId }) => `${kind} of ${prospectId} ${contactId} was recorded`)),
  ];
}

/** What stands otherwise than before, but for what was told meanwhile. */
export function moved(before: FinalState, after: FinalState): string[] {
  return [
    ...differences("prospect", before.prospects, after.prospects),
    ...differences("contact", before.contacts, after.contacts),
    ...differences("link of prospect", byProspect(before.links), byProspect(after.links)),
    ...differences("conflicts of prospect", conflictsOf(before), conflictsOf(after)),
    ...differences("status of", statusesOf(before), statusesOf(after)),
  ];
}

/** To discard what blows a fuse now would be a new decision. */
async function sweep(world: World): Promise<void> {
  await markEverything(world);
  await drain(world, "continue");
  await deliverAll(world);
  await drain(world, "continue");
}

function conflictsOf({ links, conflicts }: FinalState): Map<string, unknown> {
  return new Map(
    links.map(({ id, prospectId }) => [
      prospectId,
      conflicts
        .filter(({ linkId }) => linkId === id)
        .map(({ field, snov, hubspot }) => [field.snov, snov, hubspot]),
    ]),
  );
}

/** But for when it was last looked at. */
function statusesOf({ statuses }: FinalState): Map<string, unknown> {
  return new Map(
    [...statuses].map(([name, { status, reason, detail }]) => [name, { status, reason, detail }]),
  );
}

function byProspect<T extends { prospectId: string }>(rows: T[]): Map<string, T> {
  return new Map(rows.map((row) => [row.prospectId, row]));
}

function differences(name: string, before: Map<string, unknown>, after: Map<string, unknown>): string[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((id) => ({ id, what: changes(before.get(id), after.get(id)) }))
    .filter(({ what }) => what)
    .map(({ id, what }) => `${name} ${id} changed: ${what}`);
}

function changes(before: unknown, after: unknown): string {
  const [was, is] = [flat(before), flat(after)];
  return (
    Object.keys({ ...was, ...is })
      // A field that is empty on both sides may be remembered as agreed or not at all.
      .filter((key) => (was[key] ?? "null") !== (is[key] ?? "null"))
      .map((key) => `${key} ${was[key]} → ${is[key]}`)
      .join(", ")
  );
}

function flat(value: unknown, path = ""): Record<string, string> {
  if (value === null || typeof value !== "object" || Array.isArray(value))
    return { [path]: JSON.stringify(value) };
  return Object.assign({}, ...Object.entries(value).map(([key, inner]) => flat(inner, `${path}.${key}`)));
}
