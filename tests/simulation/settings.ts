import type { ConstantField } from "@/db/schema/integrations";
import type { ChoiceOption } from "@/db/schema/prospects";
import { type Direction, directions } from "@/sync/direction";
import type { FuseSettings } from "@/sync/fuses";
import { type Policy, policies } from "@/sync/policy";
import type { RemovalRule } from "@/sync/removal";
import type { FieldType } from "@/sync/value";
import { type Random, randomOf } from "./machine/random";

/** A pair of fields that a run maps. `map` pairs choices: Snov.io's on the left. */
export type MappedField = {
  snov: string;
  hubspot: string;
  type: FieldType;
  direction: Direction;
  /** Null follows the integration's. */
  policy: Policy | null;
  options?: string[];
  map?: Record<string, string>;
  /** HubSpot lets no two contacts have the same value. */
  unique?: true;
};

export type RunSettings = {
  syncType: Direction;
  policy: Policy;
  removals: RemovalRule;
  fields: MappedField[];
  constantToHubspot: ConstantField | null;
  constantToSnov: ConstantField | null;
  status: { property: "hs_lead_status"; value: string } | null;
  /** Every notice arrives in the end, so nothing may depend on a sweep. */
  lossless: boolean;
  people: number;
  actions: number;
  /** Shares of points at which something happens. */
  trouble: { call: number; database: number; crash: number; interlude: number };
  fuses: Partial<FuseSettings>;
  /** Contacts carry the ids of their prospects; HubSpot's users may put anything in that place, or leave it as it is. */
  marks?: "edited" | "kept";
};

const custom = (number: number) => `custom:00000000-0000-4000-8000-00000000000${number}`;
const text = (snov: string, hubspot: string) => ({ snov, hubspot, type: "text" as const });

/** Always mapped, as the wizard has it: they cannot be taken out, nor given a direction of their own. */
const locked = [text("first_name", "firstname"), text("last_name", "lastname"), text("email", "email")];

const optional: Omit<MappedField, "direction" | "policy">[] = [
  text("job_title", "jobtitle"),
  text("company", "company"),
  text("city", "city"),
  text("phone", "phone"),
  { snov: custom(1), hubspot: "team_size", type: "number" },
  {
    snov: custom(2),
    hubspot: "interests",
    type: "choices",
    options: ["data", "robots", "glue", "lessons"],
    // "lessons" has no partner, and nothing on the left means "training".
    map: { data: "analytics", robots: "automation", glue: "integrations" },
  },
  {
    snov: custom(3),
    hubspot: "account_tier",
    type: "choice",
    options: ["gold", "silver", "bronze"],
    // HubSpot has lost "tier_9" since the choices were paired.
    map: { gold: "tier_1", silver: "tier_2", bronze: "tier_9" },
  },
  { snov: custom(4), hubspot: "renewal_date", type: "date" },
  { snov: custom(5), hubspot: "newsletter", type: "boolean" },
  { snov: custom(6), hubspot: "crm_reference", type: "text", unique: true },
];

/** Exist on both sides and are never mapped. */
export const unmapped = { snov: ["website", "country"], hubspot: ["website", "country"] };

export function customFieldsOf(fields: MappedField[]) {
  return fields
    .filter(({ snov }) => snov.startsWith("custom:"))
    .map(({ snov, type, options }) => ({
      id: snov.slice("custom:".length),
      name: snov,
      type,
      options: (options ?? []).map((value): ChoiceOption => ({ value, label: value })),
    }));
}

export function settingsOf(random: Random): RunSettings {
  const direction = () => random.weighted<Direction>({ both: 8, to_hubspot: 1, to_snov: 1 });
  const policy = () =>
    random.weighted<Policy>({ ask: 7, most_recent: 1.5, snov_wins: 0.75, hubspot_wins: 0.75 });
  const chosen = random.shuffled(optional).slice(0, random.between(2, 4));
  const storm = random.pick([0, 1, 1, 2]);
  return {
    policy: policy(),
    removals: random.chance(0.8) ? "propagate" : "keep",
    syncType: random.chance(0.75) ? "both" : random.pick(directions),
    fields: [
      ...locked.map((field) => ({ ...field, direction: "both" as const, policy: null })),
      ...chosen.map((field) => ({
        ...field,
        direction: direction(),
        policy: random.chance(0.15) ? random.pick(policies) : null,
      })),
    ],
    constantToHubspot: random.chance(0.3) ? { field: "preferred_name", value: "Via Snov.io" } : null,
    constantToSnov: random.chance(0.3) ? { field: "industry", value: "Imported" } : null,
    status: random.chance(0.3) ? { property: "hs_lead_status", value: "NEW" } : null,
    lossless: random.chance(0.5),
    people: random.between(2, 4),
    actions: random.between(12, 25),
    trouble: {
      call: 0.2 * storm,
      database: 0.008 * storm,
      crash: 0.014 * storm,
      interlude: 0.03 + 0.02 * storm,
    },
    fuses: random.chance(0.3) ? tightFuses(random) : {},
  };
}

/** What a seed's run is like. Which of them mark contacts is no matter of chance, so that all others stay as they were. */
export function drawnSettings(seed: number): RunSettings {
  const settings = settingsOf(randomOf(seed + 2 ** 32));
  return seed % marksEvery === 3 ? { ...settings, marks: "edited" } : settings;
}
const marksEvery = 7;

/** Limits that a few people reach, within windows that slide past what they did before. */
function tightFuses(random: Random): FuseSettings {
  return {
    removals: random.pick([0, 0, 1, 2]),
    blankings: random.pick([0, 0, 1, 2]),
    overwrites: random.between(1, 4),
    bounces: random.between(1, 3),
    windowMinutes: random.pick([2, 5, 60]),
  };
}

/** Whether the settings let a field be written on a side: the narrower of the two directions counts. */
export function mayWrite(settings: RunSettings, field: MappedField, side: "snov" | "hubspot"): boolean {
  const way = side === "snov" ? "to_snov" : "to_hubspot";
  return [settings.syncType, field.direction].every((given) => given === "both" || given === way);
}

/** What settles a field that both sides changed. */
export function policyOf(settings: RunSettings, field: MappedField): Policy {
  return field.policy ?? settings.policy;
}
