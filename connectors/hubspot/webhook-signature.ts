import { createHmac, timingSafeEqual } from "node:crypto";

export type SignedHeaders = {
  /** X-HubSpot-Signature-v3 */
  signature: string | null;
  /** X-HubSpot-Request-Timestamp */
  timestamp: string | null;
};

export type SignedRequest = SignedHeaders & {
  method: string;
  /** As HubSpot was told it: a constant, never taken from a request that came through a proxy. */
  url: string;
  /** The bytes as they came; JSON written anew has another signature. */
  body: Uint8Array;
};

const LIFETIME_MS = 5 * 60_000;

/**
 * unsigned: it carries no signature v3 with its time. stale, ahead: its time is more than five minutes ago or to come by our
 * clock: it was sent again by somebody, or one of the two clocks is wrong. forged: whoever signed it does not know our
 * secret, or the address that HubSpot was given is another one.
 */
export type SignatureVerdict = "good" | "forged" | HeaderFault;
type HeaderFault = "unsigned" | "stale" | "ahead";

/** What speaks against a request before a byte of its body is read. */
export function headerFault({ signature, timestamp }: SignedHeaders, now: number): HeaderFault | undefined {
  if (!signature || !timestamp || !/^\d{13}$/.test(timestamp)) return "unsigned";
  const ageMs = now - Number(timestamp);
  if (ageMs > LIFETIME_MS) return "stale";
  return ageMs < -LIFETIME_MS ? "ahead" : undefined;
}

/** HubSpot's signature v3, compared in constant time; five minutes old or ahead at most. */
export function judgeSignature(request: SignedRequest, clientSecret: string, now: number): SignatureVerdict {
  const fault = headerFault(request, now);
  if (fault) return fault;
  const { method, url, body, signature, timestamp } = request;
  const expected = createHmac("sha256", clientSecret)
    .update(method + signedUrl(url))
    .update(body)
    .update(timestamp ?? "")
    .digest("base64");
  const [given, wanted] = [Buffer.from(signature ?? ""), Buffer.from(expected)];
  return given.length === wanted.length && timingSafeEqual(given, wanted) ? "good" : "forged";
}

// HubSpot decodes these characters of the address, and no others, before it signs; a fragment is no part of it.
const decoded = /%(?:3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi;

function signedUrl(url: string): string {
  return url.replace(/#.*$/, "").replace(decoded, decodeURIComponent);
}
