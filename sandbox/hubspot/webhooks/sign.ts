import { createHash, createHmac } from "node:crypto";

export function signatureV1(secret: string, body: string): string {
  return createHash("sha256")
    .update(secret + body)
    .digest("hex");
}

export function signatureV3(
  secret: string,
  method: string,
  url: string,
  body: string,
  timestamp: string,
): string {
  return createHmac("sha256", secret)
    .update(method + signedUrl(url) + body + timestamp)
    .digest("base64");
}

// HubSpot decodes these characters, and no others, before it signs; the fragment is not part of it.
const decoded = /%(3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi;

function signedUrl(url: string): string {
  return url.replace(/#.*$/, "").replace(decoded, (code) => decodeURIComponent(code));
}
