import { mayWrite } from "../settings";
import type { World } from "../world";
import type { Journal } from "./journal";

/** Unmapped fields are never written; constants never flow back; direction is never widened. */
export function checkReach(world: World, journal: Journal): string[] {
  return (["snov", "hubspot"] as const).flatMap((side) => {
    const { constantToHubspot, constantToSnov, status, fields } = world.settings;
    const constant = side === "snov" ? constantToSnov : constantToHubspot;
    const extras = [constant?.field, side === "hubspot" ? status?.property : undefined];
    const allowed = new Set([
      ...fields.filter((field) => mayWrite(world.settings, field, side)).map((field) => field[side]),
      ...extras,
      // HubSpot's own bookkeeping when an address changes.
      ...(side === "hubspot" ? ["hs_additional_emails"] : []),
    ]);
    return [...journal].flatMap(([key, entries]) => {
      const [where, id, name = ""] = key.split(" ");
      if (where !== side || allowed.has(name)) return [];
      return entries
        .filter(({ by, value }) => by === "app" && value !== null)
        .map(({ value }) => `${name} of ${side} ${id} was given ${JSON.stringify(value)}`);
    });
  });
}

/** Our own write coming back plans nothing: what we write stays within what people did and what went wrong. */
export function checkWrites(world: World, journal: Journal): string[] {
  const { edits, crashes, faults } = world.counts;
  const writes = [...journal.values()].flat().filter(({ by }) => by === "app").length;
  const fields = world.settings.fields.length + 3;
  const most = fields * (edits + world.settings.people * 2 + crashes + faults);
  return writes > most ? [`${writes} values were written, where ${most} would be many`] : [];
}
