import { parseChangeNotices } from "@/connectors/hubspot/webhook-notices";
import { judgeSignature, type SignatureVerdict } from "@/connectors/hubspot/webhook-signature";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import type { Deps } from "@/services/context";
import { storeChangeNotices } from "./store-change-notices";

export type SignedBody = { body: Uint8Array; signature: string | null; timestamp: string | null };

export type Receipt =
  /** `offMs`: by how much it is older than our clock says; less than nothing where it is younger. */
  | { kind: Exclude<SignatureVerdict, "good">; offMs?: number }
  | { kind: "malformed" }
  /** `wake` names the integrations that have something to do now. */
  | { kind: "stored"; notices: number; wake: string[] };

/**
 * Stores what HubSpot tells and marks the contacts it is about, in one statement: once this is answered,
 * nothing of it can be lost. A notice that was stored before marks nothing again.
 */
export async function receiveChangeNotices({
  deps,
  input,
  now = Date.now(),
}: {
  deps: Pick<Deps, "db">;
  input: SignedBody;
  now?: number;
}): Promise<Receipt> {
  const { HUBSPOT_CLIENT_SECRET, HUBSPOT_APP_ID, APP_URL } = env();
  const request = { method: "POST", url: `${APP_URL}/api/hubspot/webhooks`, ...input };
  const verdict = judgeSignature(request, HUBSPOT_CLIENT_SECRET, now);
  if (verdict === "stale" || verdict === "ahead")
    return { kind: verdict, offMs: now - Number(input.timestamp) };
  if (verdict !== "good") return { kind: verdict };
  const parsed = parseChangeNotices(Buffer.from(input.body).toString("utf8"));
  if (!parsed) return { kind: "malformed" };
  if (parsed.unreadable) log.warn("notices/unreadable", { count: parsed.unreadable });
  if (!parsed.notices.length) return { kind: "stored", notices: 0, wake: [] };
  const { stored, wake } = await storeChangeNotices(deps.db, parsed.notices, HUBSPOT_APP_ID);
  return { kind: "stored", notices: stored, wake };
}
