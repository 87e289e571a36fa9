/** The seven field types both sides know. */
export const fieldTypes = ["text", "number", "date", "datetime", "boolean", "choice", "choices"] as const;
export type FieldType = (typeof fieldTypes)[number];

/**
 * A field's value as a person wrote it; `null` is empty.
 * text: string · number: decimal string · date: YYYY-MM-DD · datetime: ISO 8601 UTC ·
 * boolean: true/false · choice: option value · choices: option values.
 */
export type Value = string | boolean | string[] | null;

export function isEmpty(value: Value | undefined): boolean {
  if (value === null || value === undefined) return true;
  if (typeof value === "string") return value.trim() === "";
  return Array.isArray(value) && value.length === 0;
}

/** Equality by meaning, so that a value is never rewritten only for its form. */
export function sameValue(type: FieldType, a: Value | undefined, b: Value | undefined): boolean {
  if (isEmpty(a) || isEmpty(b)) return isEmpty(a) && isEmpty(b);
  return canonical(type, a) === canonical(type, b);
}

function canonical(type: FieldType, value: Value | undefined): string {
  if (Array.isArray(value)) return JSON.stringify([...new Set(value)].sort());
  const text = String(value).trim();
  switch (type) {
    case "number":
      return canonicalNumber(text);
    // A day begins at midnight UTC.
    case "date":
    case "datetime":
      return canonicalInstant(text);
    case "boolean":
      return text.toLowerCase();
    case "choices":
      return JSON.stringify([text]);
    default:
      return text;
  }
}

const longestExactWhole = 15;

/**
 * Whole numbers are compared digit by digit, however long. Of a fraction HubSpot keeps what a double holds, about
 * 16 digits: what is the same double is the same.
 */
function canonicalNumber(text: string): string {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(text);
  if (!match || !(match[2] || match[3])) return text;
  const whole = (match[2] ?? "").replace(/^0+(?=\d)/, "") || "0";
  const fraction = (match[3] ?? "").replace(/0+$/, "");
  const isDouble = fraction && whole.length <= longestExactWhole;
  const exact = fraction ? `${whole}.${fraction}` : whole;
  const magnitude = isDouble ? String(Number(exact)) : exact;
  return match[1] === "-" && magnitude !== "0" ? `-${magnitude}` : magnitude;
}

const iso = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?) ?(Z|[+-]\d\d:?\d\d)?)?$/i;

/** An instant in milliseconds since 1970, in UTC where no offset is named; what is no ISO 8601 stands for itself. */
function canonicalInstant(text: string): string {
  const [, day, time = "00:00", offset = "Z"] = iso.exec(text) ?? [];
  const midnight = Date.parse(`${day}T00:00Z`);
  // A day that its month does not have is no day.
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== day) return text;
  const instant = Date.parse(`${day}T${time}${offset.toUpperCase()}`);
  return Number.isNaN(instant) ? text : String(instant);
}
