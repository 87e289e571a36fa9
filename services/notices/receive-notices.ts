import { parseNotices } from "@/connectors/hubspot/webhook-notices";
import { isSignedByHubspot } from "@/connectors/hubspot/webhook-signature";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import type { Deps } from "@/services/context";
import { storeNotices } from "./store-notices";

export type SignedBody = { body: Uint8Array; signature: string | null; timestamp: string | null };

export type Receipt =
  | { kind: "forged" }
  | { kind: "malformed" }
  /** `wake` names the integrations that have something to do now. */
  | { kind: "stored"; notices: number; wake: string[] };

/**
 * Stores what HubSpot tells and marks the contacts it is about, in one statement: once this is answered,
 * nothing of it can be lost. A notice that was stored before marks nothing again.
 */
export async function receiveNotices({
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
  if (!isSignedByHubspot(request, HUBSPOT_CLIENT_SECRET, now)) return { kind: "forged" };
  const parsed = parseNotices(Buffer.from(input.body).toString("utf8"));
  if (!parsed) return { kind: "malformed" };
  if (parsed.unreadable) log.warn("notices/unreadable", { count: parsed.unreadable });
  if (!parsed.notices.length) return { kind: "stored", notices: 0, wake: [] };
  const { stored, wake } = await storeNotices(deps.db, parsed.notices, HUBSPOT_APP_ID);
  return { kind: "stored", notices: stored, wake };
}
