import { type FieldType, isEmpty, type Value } from "@/sync/value";

/**
 * A property's value as HubSpot sends it. What cannot be read as its type is kept as it is: it can be shown
 * and refused further on, where taking it for empty would lose it.
 */
export function fromWire(type: FieldType, raw: string | null | undefined): Value {
  if (raw === null || raw === undefined || raw.trim() === "") return null;
  const text = raw.trim();
  switch (type) {
    case "text":
      return raw;
    case "number":
      return plainDecimal(text);
    case "date":
      return instant(text)?.toISOString().match(plainDate)?.[0] ?? text;
    case "datetime":
      return instant(text)?.toISOString() ?? text;
    case "boolean":
      return /^(true|false)$/i.test(text) ? text.toLowerCase() === "true" : text;
    case "choice":
      return text;
    case "choices":
      return text.split(";").filter(Boolean);
  }
}

/** What to send to HubSpot; "" clears. */
export function toWire(type: FieldType, value: Value): string {
  if (isEmpty(value)) return "";
  if (Array.isArray(value)) return value.join(";");
  return type === "text" ? String(value) : String(value).trim();
}

// A year of more digits has another form, which no date of ours has.
const plainDate = /^\d{4}-\d{2}-\d{2}/;

// Milliseconds since 1970, or ISO 8601; both forms are met in answers and in webhooks.
function instant(text: string): Date | undefined {
  const date = /^-?\d+$/.test(text) ? new Date(Number(text)) : new Date(text);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

// HubSpot writes large numbers with an exponent. Moving the point in the text keeps every digit.
function plainDecimal(text: string): string {
  const match = /^([+-]?)(\d+)(?:\.(\d*))?e([+-]?\d{1,3})$/i.exec(text);
  if (!match) return text;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = match;
  const point = whole.length + Number(exponent);
  const digits = (whole + fraction)
    .padEnd(point, "0")
    .padStart(whole.length + fraction.length - Math.min(0, point - 1), "0");
  const at = Math.max(1, point);
  const decimals = digits.slice(at).replace(/0+$/, "");
  const integer = digits.slice(0, at).replace(/^0+(?=\d)/, "");
  return `${sign === "-" ? "-" : ""}${integer}${decimals ? `.${decimals}` : ""}`;
}
