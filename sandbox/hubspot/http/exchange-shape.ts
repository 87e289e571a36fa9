/**
 * What two bodies have in common that a description cannot tell apart. Of what it may limit everything is kept: names,
 * kinds, single words (an enumeration, in whatever case), booleans, how large a number and how long a list is, whether
 * a time is one. Only texts that anybody may write are alike, and they are named below: a field that is not is kept.
 */
export function shapeOf(value: unknown, name = ""): string {
  if (Array.isArray(value)) return `[${extent(value.length)}${distinct(value, name)}]`;
  if (value === null || typeof value !== "object") return kindOf(value, name);
  const fields = Object.entries(value).map(([field, content]) =>
    // A map from names that people chose, to values that they chose: which they are says nothing.
    maps.has(field) && isMap(content)
      ? `${field}:{*${distinct(Object.values(content), "value")}}`
      : `${field}:${shapeOf(content, field)}`,
  );
  return `{${fields.sort().join()}}`;
}

/** `/contacts/12?limit=5&properties=email` → path without ids, and of the query what a description may limit. */
export function shapeOfUrl(text: string): string {
  const { pathname, searchParams } = new URL(text, "http://sandbox");
  const path = pathname
    .replace(/\/\d+(?=\/|$)/g, "/{id}")
    .replace(/\/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}(?=\/|$)/g, "/{uuid}")
    .replace(/\/[^/]*(%40|@)[^/]*/g, "/{address}");
  const query = [...searchParams].map(([name, value]) =>
    name === "limit" ? `${name}=${value}` : `${name}=${kindOf(value, name)}`,
  );
  return `${path}?${[...new Set(query)].sort().join("&")}`;
}

const maps = new Set(["properties", "propertiesWithHistory", "propertyChanges", "context"]);

/** Texts without rules in HubSpot's files, of which there are as many as there are people and fields. */
const free = new Set(
  `access_token after associations before client_id client_secret code description email firstName groupName highValue label
  lastName listIds listName message name properties propertiesWithHistory propertyName query redirect_uri refresh_token
  scope scopes sorts state token value values`.split(/\s+/),
);

function isMap(value: unknown): value is object {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

function distinct(values: unknown[], name: string): string {
  return [...new Set(values.map((value) => shapeOf(value, name)))].sort().join("|");
}

function extent(length: number): string {
  return `${length === 0 ? "none" : upTo(length, [1, 5, 6, 100, 200])} `;
}

function kindOf(value: unknown, name: string): string {
  if (typeof value === "number") return kindOfNumber(value);
  if (typeof value !== "string") return String(value);
  if (value === "") return "empty";
  if (free.has(name)) return "text";
  // One word: HubSpot's enumerations have no others. "true" in a text is not the boolean.
  if (/^[A-Za-z][A-Za-z0-9_]{0,60}$/.test(value)) return `"${value}"`;
  if (/^\d+$/.test(value)) return "digits";
  if (/^\d{4}-\d\d-\d\d/.test(value)) return isTime(value) ? "time" : "no time";
  if (/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value)) return "uuid";
  return "some text";
}

/** Between the limits that HubSpot has anywhere. */
function kindOfNumber(value: number): string {
  if (!Number.isInteger(value)) return "float";
  if (Math.abs(value) > 2 ** 31) return "long";
  if (value < 0) return "negative";
  if (value === 0) return "0";
  return upTo(value, [100, 200, 250, 500]);
}

function upTo(value: number, limits: number[]): string {
  return `to ${limits.find((limit) => value <= limit) ?? "more"}`;
}

/** A moment as RFC 3339 writes it, of a day that there is. */
function isTime(text: string): boolean {
  const parts = /^(\d{4})-(\d\d)-(\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.exec(text);
  if (!parts) return false;
  const [year, month, day] = parts.slice(1, 4).map(Number);
  const date = new Date(Date.UTC(year ?? 0, (month ?? 0) - 1, day));
  return date.getUTCMonth() + 1 === month && date.getUTCDate() === day;
}
