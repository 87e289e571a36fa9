import type { Account } from "../account/account";
import { invalid } from "../http/api-error";
import type { Property } from "../properties/property";
import { type Contact, numberOf, readProperty } from "./contact";
import type { Filter } from "./contact-bodies";

/** A search filter as a test; HubSpot refuses a filter on a property that does not exist. */
export function filterTest(account: Account, filter: Filter): (contact: Contact) => boolean {
  const property = account.properties.get(filter.propertyName);
  if (!property)
    throw invalid(`There was a problem with the request: unknown property ${filter.propertyName}`);
  const test = valueTest(property, filter);
  const number = filter.operator.includes("TOKEN") ? undefined : numberOf[property.name];
  if (number) return (contact) => test(number(contact));
  return (contact) => test(readProperty(contact, property.name));
}

type Value = string | number;
type ValueTest = (value: Value | undefined) => boolean;

function valueTest(property: Property, filter: Filter): ValueTest {
  switch (filter.operator) {
    case "HAS_PROPERTY":
      return (value) => value !== undefined;
    case "NOT_HAS_PROPERTY":
      return (value) => value === undefined;
    case "EQ":
      return oneOf(property, [needed(filter)]);
    case "NEQ":
      return not(oneOf(property, [needed(filter)]));
    case "IN":
      return oneOf(property, neededList(filter));
    case "NOT_IN":
      return not(oneOf(property, neededList(filter)));
    case "CONTAINS_TOKEN":
      return containsToken(needed(filter));
    case "NOT_CONTAINS_TOKEN":
      return not(containsToken(needed(filter)));
    case "LT":
      return ordered(property, needed(filter), (order) => order < 0);
    case "LTE":
      return ordered(property, needed(filter), (order) => order <= 0);
    case "GT":
      return ordered(property, needed(filter), (order) => order > 0);
    case "GTE":
      return ordered(property, needed(filter), (order) => order >= 0);
    case "BETWEEN": {
      if (filter.highValue === undefined) throw invalid("A BETWEEN filter needs value and highValue");
      const low = ordered(property, needed(filter), (order) => order >= 0);
      const high = ordered(property, filter.highValue, (order) => order <= 0);
      return (value) => low(value) && high(value);
    }
  }
}

function oneOf(property: Property, wanted: string[]): ValueTest {
  const keys = new Set(wanted.map((value) => comparable(property, value)));
  return (value) =>
    value !== undefined &&
    (property.fieldType === "checkbox" ? String(value).split(";") : [value]).some((part) =>
      keys.has(comparable(property, part)),
    );
}

function ordered(property: Property, limit: string, accepts: (order: number) => boolean): ValueTest {
  const right = comparable(property, limit);
  if (typeof right === "number" && Number.isNaN(right))
    throw invalid(`${limit} cannot be compared with ${property.name}`);
  return (value) => {
    if (value === undefined) return false;
    const left = comparable(property, value);
    return accepts(left < right ? -1 : left > right ? 1 : 0);
  };
}

function containsToken(pattern: string): ValueTest {
  const parts = pattern
    .toLowerCase()
    .split("*")
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const regex = new RegExp(`(^|[^\\p{L}\\p{N}])${parts.join(".*")}($|[^\\p{L}\\p{N}])`, "u");
  return (value) => value !== undefined && regex.test(String(value).toLowerCase());
}

function comparable(property: Property, value: Value): Value {
  if (typeof value === "number") return value;
  if (property.type === "number" || property.name === "hs_object_id") return Number(value);
  if (property.type === "date" || property.type === "datetime")
    return /^-?\d+$/.test(value) ? Number(value) : Date.parse(value);
  return value.toLowerCase();
}

function not(test: ValueTest): ValueTest {
  return (value) => !test(value);
}

function needed(filter: Filter): string {
  if (filter.value === undefined) throw invalid(`operator ${filter.operator} requires a value`);
  return filter.value;
}

function neededList(filter: Filter): string[] {
  if (!filter.values || filter.values.length === 0)
    throw invalid(`operator ${filter.operator} requires values`);
  return filter.values;
}
