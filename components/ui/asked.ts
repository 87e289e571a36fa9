export type AddressParams = Record<string, string | string[] | undefined>;

/** What an address asks for under these keys, in texts of at most `longest` characters; an empty one asks for nothing. */
export function askedOf<Key extends string>(
  keys: readonly Key[],
  params: AddressParams,
  longest = 100,
): Partial<Record<Key, string>> {
  const entries = keys.flatMap((key) => {
    const value = params[key];
    // Postgres has no character NUL.
    const text = typeof value === "string" ? value.replaceAll("\u0000", "").trim() : "";
    return text ? [[key, text.slice(0, longest)]] : [];
  });
  return Object.fromEntries(entries);
}
