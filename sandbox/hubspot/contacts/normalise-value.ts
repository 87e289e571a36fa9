import type { Property } from "../properties/property";

export type Normalised = { ok: true; value: string } | { ok: false; code: string; message: string };

const DAY_MS = 86_400_000;
const EMAIL =
  /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*\.[a-z]{2,}$/;

/** A non-empty value in the form HubSpot stores, or what HubSpot says against it. */
export function normaliseValue(
  property: Property,
  value: string,
  context: { current: string; ownerIds: () => string[] },
): Normalised {
  if (property.name === "email") return email(value);
  if (property.referencedObjectType === "OWNER")
    return context.ownerIds().includes(value) ? good(value) : badOption(property, value, context.ownerIds());
  switch (property.type) {
    case "number":
      return number(value);
    case "bool":
      return bool(property, value);
    case "date":
      return date(value);
    case "datetime":
      return datetime(value);
    case "enumeration":
      return enumeration(property, value, context.current);
    default:
      return value.length <= 65_536
        ? good(value)
        : bad("INVALID_STRING", "The value is longer than 65536 characters");
  }
}

function email(value: string): Normalised {
  const address = value.trim().toLowerCase();
  if (EMAIL.test(address) && !address.includes("..")) return good(address);
  return bad("INVALID_EMAIL", `Email address ${value} is invalid`);
}

function number(value: string): Normalised {
  const text = value.trim();
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text))
    return bad("INVALID_INTEGER", `${value} was not a valid number.`);
  const plain = String(Number(text));
  const exact = Math.abs(Number(text)) <= Number.MAX_SAFE_INTEGER && !plain.includes("e");
  return good(exact ? plain : text);
}

function bool(property: Property, value: string): Normalised {
  const text = value.trim().toLowerCase();
  return text === "true" || text === "false" ? good(text) : badOption(property, value, ["true", "false"]);
}

function date(value: string): Normalised {
  const text = value.trim();
  if (/^\d{4}-\d\d-\d\d$/.test(text) && isoDate(Date.parse(text)) === text) return good(text);
  const ms = epoch(text);
  if (ms === null) return bad("INVALID_DATE", `${value} is not a valid date.`);
  if (ms % DAY_MS !== 0)
    return bad("INVALID_DATE", `${value} is at ${new Date(ms).toISOString()} and not at midnight UTC.`);
  return good(isoDate(ms));
}

function datetime(value: string): Normalised {
  const text = value.trim();
  const ms = epoch(text) ?? (/^\d{4}-\d\d-\d\d(T|$)/.test(text) ? Date.parse(text) : Number.NaN);
  return Number.isNaN(ms)
    ? bad("INVALID_DATE", `${value} is not a valid date and time.`)
    : good(new Date(ms).toISOString());
}

function enumeration(property: Property, value: string, current: string): Normalised {
  const allowed = property.options.map((option) => option.value);
  if (property.fieldType !== "checkbox")
    return allowed.includes(value) ? good(value) : badOption(property, value, allowed);
  const added = value.split(";").filter((part) => part !== "");
  const wrong = added.find((part) => !allowed.includes(part));
  if (wrong !== undefined) return badOption(property, wrong, allowed);
  const kept = value.startsWith(";") && current !== "" ? current.split(";") : [];
  return good([...new Set([...kept, ...added])].join(";"));
}

// Dates that JavaScript can hold, written in milliseconds.
function epoch(text: string): number | null {
  return /^-?\d{1,16}$/.test(text) && Math.abs(Number(text)) <= 8.64e15 ? Number(text) : null;
}

function isoDate(ms: number): string {
  return Number.isNaN(ms) ? "" : new Date(ms).toISOString().slice(0, 10);
}

function good(value: string): Normalised {
  return { ok: true, value };
}

function bad(code: string, message: string): Normalised {
  return { ok: false, code, message };
}

function badOption(property: Property, value: string, allowed: string[]): Normalised {
  return bad(
    "INVALID_OPTION",
    `${value} was not one of the allowed options for ${property.label}: [${allowed.slice(0, 30).join(", ")}]`,
  );
}
