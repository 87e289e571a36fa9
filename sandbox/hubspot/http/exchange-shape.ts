/**
 * What two bodies have in common that a description cannot tell apart: names and kinds of values, not the values.
 * Words in capitals (categories, operators), those of fields that take one of a few, and the extent of lists are kept,
 * since descriptions limit them.
 */
export function shapeOf(value: unknown): string {
  if (Array.isArray(value)) return `[${extent(value.length)}${distinct(value)}]`;
  if (value === null || typeof value !== "object") return kindOf(value);
  const fields = Object.entries(value).map(([name, content]) =>
    // A map from names that people chose: which names they are says nothing.
    maps.has(name) && isMap(content)
      ? `${name}:{*${distinct(Object.values(content))}}`
      : `${name}:${oneOfFew.has(name) && typeof content === "string" ? content : shapeOf(content)}`,
  );
  return `{${fields.sort().join()}}`;
}

/** `/contacts/12?limit=5&properties=email` → path without ids, names in the query, numbers as they are. */
export function shapeOfUrl(text: string): string {
  const { pathname, searchParams } = new URL(text, "http://sandbox");
  const path = pathname.replace(/\/\d+(?=\/|$)/g, "/{id}").replace(/\/[^/]*(%40|@)[^/]*/g, "/{address}");
  const query = [...searchParams].map(([name, value]) =>
    name === "limit" ? `${name}=${value}` : `${name}=${kindOf(value)}`,
  );
  return `${path}?${[...new Set(query)].sort().join("&")}`;
}

const oneOfFew = new Set(["type", "fieldType", "dataSensitivity", "grant_type", "token_use", "token_type"]);
const maps = new Set(["properties", "propertiesWithHistory"]);

function isMap(value: unknown): value is object {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

function distinct(values: unknown[]): string {
  return [...new Set(values.map(shapeOf))].sort().join("|");
}

function extent(length: number): string {
  if (length < 2) return `${length} `;
  return length <= 100 ? "2+ " : length <= 200 ? "100+ " : "200+ ";
}

function kindOf(value: unknown): string {
  if (typeof value === "number") {
    if (!Number.isInteger(value)) return "float";
    return Math.abs(value) > 2 ** 31 ? "long" : "int";
  }
  if (typeof value !== "string") return String(value);
  if (/^[A-Z][A-Z0-9_]{1,60}$/.test(value)) return value;
  if (/^\d+$/.test(value)) return "digits";
  if (/^\d{4}-\d\d-\d\dT/.test(value)) return "time";
  if (/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value)) return "uuid";
  return value === "" ? "empty" : "text";
}
