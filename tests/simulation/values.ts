import type { Value } from "@/sync/value";
import type { Random } from "./machine/random";
import type { MappedField } from "./settings";

/** What people type. Most texts are new each time, so that it can be told who wrote what; some come again. */
export function typedInSnov(random: Random, field: MappedField, number: number): Value {
  if (random.chance(0.12)) return null;
  switch (field.type) {
    case "number":
      return random.pick(["17", "17.0", "0", "-3.50", "1000000", String(number)]);
    case "boolean":
      return random.chance(0.5);
    case "date":
      return `2026-0${random.between(1, 9)}-1${random.below(9)}`;
    case "choice":
      return random.pick(field.options ?? []);
    case "choices":
      return random.shuffled(field.options ?? []).slice(0, random.between(1, 3));
    default:
      return textOf(random, field, number);
  }
}

/** The same in HubSpot's own form. */
export function typedInHubspot(random: Random, field: MappedField, number: number): string {
  if (random.chance(0.12)) return "";
  switch (field.type) {
    case "number":
      return random.pick(["17", "17.00", "0", "-3.5", "1e6", String(number)]);
    case "boolean":
      return String(random.chance(0.5));
    case "date":
      return `2026-0${random.between(1, 9)}-1${random.below(9)}`;
    case "choice":
      return random.pick(["tier_1", "tier_2", "tier_3"]);
    case "choices":
      return random
        .shuffled(["analytics", "automation", "integrations", "training"])
        .slice(0, random.between(1, 3))
        .join(";");
    default:
      return textOf(random, field, number);
  }
}

function textOf(random: Random, field: MappedField, number: number): string {
  if (field.snov === "phone") return `+55 11 ${1000 + number}`;
  if (random.chance(0.15)) return random.pick(["same", "Same", "same again"]);
  return `${field.hubspot} ${number}`;
}

/** What HubSpot has, as a value of the field's type: written anew here, sharing nothing with the connector. */
export function readHubspot(field: Pick<MappedField, "type">, text: string | undefined): Value {
  if (text === undefined || text === "") return null;
  if (field.type === "choices") return text.split(";");
  return field.type === "boolean" ? text === "true" : text;
}

/** Equality by meaning, said plainly and apart from the engine's own. */
export function sameMeaning(field: Pick<MappedField, "type" | "snov">, a: Value, b: Value): boolean {
  if (blank(a) || blank(b)) return blank(a) && blank(b);
  if (Array.isArray(a) || Array.isArray(b)) {
    const [left, right] = [new Set([a].flat()), new Set([b].flat())];
    return left.size === right.size && [...left].every((item) => right.has(item));
  }
  if (field.type === "number") return Number(a) === Number(b);
  const [left, right] = [String(a).trim(), String(b).trim()];
  return field.snov === "email" ? left.toLowerCase() === right.toLowerCase() : left === right;
}

export function blank(value: Value | undefined): boolean {
  return value === null || value === undefined || value === "" || (Array.isArray(value) && !value.length);
}

/** A Snov.io value in HubSpot's choices; undefined where a choice has no partner. */
export function asHubspotValue(field: MappedField, value: Value): Value | undefined {
  const { map } = field;
  if (!map || blank(value)) return value;
  const partners = [value].flat().map((choice) => map[String(choice)]);
  if (partners.some((partner) => partner === undefined)) return undefined;
  return Array.isArray(value) ? (partners as string[]) : (partners[0] as string);
}
