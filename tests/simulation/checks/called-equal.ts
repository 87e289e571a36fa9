import { asHubspotValue, sameMeaning } from "../values";
import type { World } from "../world";
import { contactOf, type FinalState, valuesOf } from "./final-state";

/** A pair in sync is called equal only where it is; otherwise it names the fields that differ, and no others. */
export function checkCalledEqual(world: World, state: FinalState): string[] {
  return state.links.flatMap(({ prospectId, contactId }) => {
    const status = state.statuses.get(`snov ${prospectId}`);
    const prospect = state.prospects.get(prospectId);
    const contact = contactOf(world, state, contactId);
    if (status?.status !== "in_sync" || !prospect?.live || !contact?.live) return [];
    const differ = world.settings.fields
      .filter((field) => {
        const { snov, hubspot } = valuesOf(field, prospect, contact);
        const shared = asHubspotValue(field, snov);
        return shared === undefined || !sameMeaning(field, shared, hubspot);
      })
      .map(({ snov }) => snov);
    const named = (status.detail.fields ?? "").split("\n").filter(Boolean);
    return differ.sort().join() === named.sort().join() && (status.reason === "one_way") === differ.length > 0
      ? []
      : [
          `snov ${prospectId} is in sync, ${status.reason}, with [${named}] said to differ, and [${differ}] does`,
        ];
  });
}
