import { createHmac, timingSafeEqual } from "node:crypto";

export type SignedRequest = {
  method: string;
  /** As HubSpot was told it: a constant, never taken from a request that came through a proxy. */
  url: string;
  /** The bytes as they came; JSON written anew has another signature. */
  body: Uint8Array;
  /** X-HubSpot-Signature-v3 */
  signature: string | null;
  /** X-HubSpot-Request-Timestamp */
  timestamp: string | null;
};

const LIFETIME_MS = 5 * 60_000;

/** HubSpot's signature v3, compared in constant time; five minutes old or ahead at most. */
export function isSignedByHubspot(request: SignedRequest, clientSecret: string, now: number): boolean {
  const { method, url, body, signature, timestamp } = request;
  if (!signature || !timestamp || !/^\d{13}$/.test(timestamp)) return false;
  if (Math.abs(now - Number(timestamp)) > LIFETIME_MS) return false;
  const expected = createHmac("sha256", clientSecret)
    .update(method + signedUrl(url))
    .update(body)
    .update(timestamp)
    .digest("base64");
  const [given, wanted] = [Buffer.from(signature), Buffer.from(expected)];
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

// HubSpot decodes these characters of the address, and no others, before it signs; a fragment is no part of it.
const decoded = /%(?:3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi;

function signedUrl(url: string): string {
  return url.replace(/#.*$/, "").replace(decoded, decodeURIComponent);
}
