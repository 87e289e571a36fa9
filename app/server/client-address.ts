type Headers = Record<string, string | string[] | undefined>;

/** The last hop is the one our own proxy (or Next's server) saw; earlier ones are the visitor's claim. */
export function clientAddress(headers: Headers | undefined): string {
  const forwarded = headers?.["x-forwarded-for"];
  const hops = (Array.isArray(forwarded) ? forwarded.join(",") : (forwarded ?? "")).split(",");
  return hops.at(-1)?.trim() || "unknown";
}
