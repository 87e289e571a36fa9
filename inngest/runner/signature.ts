import { createHash, createHmac, timingSafeEqual } from "node:crypto";

const TOLERANCE_SECONDS = 300;

/** `x-inngest-signature` over the very text that is sent, which must be canonical JSON. */
export function sign(body: string, signingKey: string, now: Date): string {
  const seconds = Math.floor(now.getTime() / 1000).toString();
  return `t=${seconds}&s=${mac(body, seconds, signingKey)}`;
}

/** Whether the SDK signed this answer with our key within five minutes. */
export function isSigned(header: string | undefined, body: string, signingKey: string, now: Date): boolean {
  const parts = new URLSearchParams(header ?? "");
  const seconds = parts.get("t") ?? "";
  const age = Math.abs(now.getTime() / 1000 - Number(seconds));
  if (seconds === "" || !(age <= TOLERANCE_SECONDS)) return false;
  return sameText(parts.get("s") ?? "", mac(body, seconds, signingKey));
}

/** The bearer value by which the SDK proves that it holds the signing key. */
export function bearer(signingKey: string): string {
  const prefix = signingKey.match(/^signkey-\w+-/)?.[0] ?? "";
  const key = Buffer.from(withoutPrefix(signingKey), "hex");
  return `Bearer ${prefix}${createHash("sha256").update(key).digest("hex")}`;
}

/** Constant time whatever the lengths. */
export function sameText(left: string, right: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}

function mac(body: string, seconds: string, signingKey: string): string {
  return createHmac("sha256", withoutPrefix(signingKey)).update(body).update(seconds).digest("hex");
}

function withoutPrefix(signingKey: string): string {
  return signingKey.replace(/^signkey-\w+-/, "");
}
