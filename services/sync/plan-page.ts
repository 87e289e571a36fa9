import { isDeepStrictEqual } from "node:util";
import type { HubspotClient } from "@/connectors/hubspot/client";
import { findProspectsByMatchKeys } from "@/connectors/prospects/read-prospects";
import type { Db } from "@/db/client";
import { noHarm } from "@/sync/fuses";
import { givenAt } from "@/sync/given";
import { matchKey } from "@/sync/match-key";
import { ownValue } from "@/sync/own-value";
import { isOrdinary, type PagePlan } from "@/sync/page-plan";
import { planRecord } from "@/sync/plan";
import type { PlanInput, RecordPlan } from "@/sync/record-plan";
import { type SecondLook, secondLook } from "@/sync/second-look";
import type { Side } from "@/sync/side";
import type { Value } from "@/sync/value";
import type { PageContext } from "./page-context";
import { pastValues } from "./past-values";
import type { Observation, RecordWork } from "./record-work";

type Sources = { db: Db; hubspot: HubspotClient };

/** An address may stop a person's choice, a policy then ask for times, and those decide that another address is written. */
const looksAtMost = 3;

/** Plans every record of a page; where a plan hangs on something not read yet, that is read and it is planned again. */
export async function planPage(
  sources: Sources,
  page: PageContext,
  observations: Observation[],
  putBack: Set<Observation>,
): Promise<RecordWork[]> {
  const again = new Set([...putBack, ...givingWay(observations)]);
  let open = observations.filter((observation) => !again.has(observation));
  const asked = new Map<Observation, SecondLook>();
  for (let round = 0; round < looksAtMost && open.length; round += 1) {
    const looks = new Map<Observation, SecondLook>();
    for (const observation of open) {
      const plan = plainPlan(page, observation);
      const look = plan && secondLook(page.planner, planInput(observation), plan);
      if (look && !isDeepStrictEqual(look, asked.get(observation))) looks.set(observation, look);
    }
    if (looks.size) await lookCloser(sources, page, looks);
    for (const [observation, look] of looks) asked.set(observation, look);
    open = [...looks.keys()];
  }
  return observations.map((observation) => {
    const plan: PagePlan = again.has(observation) ? { kind: "look_again" } : decide(page, observation);
    return {
      ...observation,
      plan,
      declinedRemoval: (observation.link?.declined.removal ?? false) || isKept(plan, observation),
      turns: observation.link?.turns ?? {},
      harm: noHarm,
    };
  });
}

/** Another pair of the page takes the place of their link: what becomes of them is seen once that is committed. */
function givingWay(observations: Observation[]): Observation[] {
  const dead = new Set(observations.flatMap(({ deadLinkIds }) => deadLinkIds));
  return observations.filter(({ link }) => link && dead.has(link.id));
}

/** A removal that did not travel, by the setting, the direction or the lists, is not made up for when the settings change. */
function isKept(plan: PagePlan, { prospect, contact, link }: Observation): boolean {
  if (plan.kind !== "excluded") return false;
  const isRemoval = link !== null && (prospect === null) !== (contact === null);
  return plan.reason.startsWith("removed_in_") || (isRemoval && plan.reason === "out_of_scope");
}

export function planInput(observation: Observation): PlanInput {
  const { prospect, contact, link, inScope, absences, erased, openConflicts, addressOwners } = observation;
  const { resolutions, removalResolution } = resolutionsOf(observation);
  const { sent, removal } = observation.unconfirmed;
  return {
    records: {
      snov: prospect && {
        id: prospect.id,
        fields: prospect.fields,
        inScope: inScope.snov,
        changedAt: prospect.changedAt,
      },
      hubspot: contact && {
        id: contact.id,
        fields: contact.fields,
        inScope: inScope.hubspot,
        changedAt: contact.changedAt,
      },
    },
    link,
    absences,
    erased,
    openConflicts,
    resolutions,
    removalResolution,
    unconfirmed: {
      snov: { values: {}, removal: false },
      hubspot: {
        values: Object.fromEntries(
          Object.entries(sent).map(([id, values]) => [
            id,
            values.filter(({ theirs }) => !theirs).map((value) => value.sent),
          ]),
        ),
        arrived: arrivedValues(observation),
        removal,
      },
    },
    undoing: observation.undoing,
    addressOwners,
  };
}

function arrivedValues({ applied }: Observation): Record<string, Value> {
  const arrived: Record<string, Value> = {};
  for (const { mappingId, after, theirs } of applied) {
    if (theirs) delete arrived[mappingId];
    else arrived[mappingId] = after;
  }
  return arrived;
}

function resolutionsOf(observation: Observation): Pick<PlanInput, "resolutions" | "removalResolution"> {
  const resolutions: PlanInput["resolutions"] = {};
  let removalResolution: PlanInput["removalResolution"] = null;
  for (const { mappingId, resolution } of observation.resolutions) {
    const { choice, seen, edited, undo } = resolution;
    if (choice.kind === "remove" || choice.kind === "bring_back")
      removalResolution = { choice: choice.kind, seen: edited ?? {} };
    else if (choice.kind !== "link" && choice.kind !== "apart" && mappingId && seen)
      resolutions[mappingId] = { choice, seen, ...(undo ? { undo } : {}) };
  }
  return { resolutions, removalResolution };
}

function decide(page: PageContext, observation: Observation): PagePlan {
  const { dispute, outlived, givenUp, erased } = observation;
  if (outlived) return { kind: "outlived" };
  if (givenUp) return { kind: "excluded", reason: erased ? "erased" : "kept_apart" };
  // Nobody is asked about a person who is to be forgotten.
  if (observation.apartFrom && !erased) return { kind: "excluded", reason: "kept_apart" };
  if (!dispute || erased) return planRecord(page.planner, planInput(observation));
  return observation.prospect || observation.contact ? { kind: "disputed", dispute } : { kind: "gone" };
}

function plainPlan(page: PageContext, observation: Observation): RecordPlan | null {
  const plan = decide(page, observation);
  return isOrdinary(plan) ? plan : null;
}

async function lookCloser(
  { db, hubspot }: Sources,
  page: PageContext,
  looks: Map<Observation, SecondLook>,
): Promise<void> {
  const times = [...looks].flatMap(([{ contact }, { changeTimes }]) =>
    contact && changeTimes.hubspot.length ? [{ id: contact.id, properties: changeTimes.hubspot }] : [],
  );
  const addresses = (side: "snov" | "hubspot") =>
    [...looks.values()].flatMap(({ addresses }) => addresses[side] ?? []);
  const [histories, contactsByKey, prospectsByKey] = await Promise.all([
    times.length ? hubspot.contacts.readHistories(times) : undefined,
    addresses("hubspot").length ? hubspot.contacts.readByEmails(addresses("hubspot"), ["email"]) : undefined,
    findProspectsByMatchKeys(db, page.workspaceId, addresses("snov").map(matchKey)),
  ]);
  for (const [observation, { addresses }] of looks) {
    const { contact } = observation;
    for (const mapping of page.planner.mappings) {
      const field = mapping.fields.hubspot;
      if (!contact) continue;
      const history = ownValue(histories?.get(contact.id) ?? {}, field) ?? [];
      const at = givenAt(mapping, pastValues(page, mapping, history));
      if (at !== undefined) contact.changedAt[field] = at;
    }
    const keys = { snov: matchKey(addresses.snov ?? ""), hubspot: matchKey(addresses.hubspot ?? "") };
    tellOwner(observation, "snov", keys.snov, prospectsByKey.get(keys.snov));
    tellOwner(observation, "hubspot", keys.hubspot, contactsByKey?.get(keys.hubspot)?.id);
  }
}

/** Notes whose the address is, where it is another record's. */
export function tellOwner(
  { prospect, contact, addressOwners }: Pick<Observation, "prospect" | "contact" | "addressOwners">,
  side: Side,
  key: string,
  owner: string | undefined,
): void {
  const self = side === "snov" ? prospect?.id : contact?.id;
  if (owner !== undefined && owner !== self) addressOwners[side][key] = owner;
}
