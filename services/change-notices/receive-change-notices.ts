import { parseChangeNotices } from "@/connectors/hubspot/webhook-notices";
import {
  headerFault,
  judgeSignature,
  type SignatureVerdict,
  type SignedHeaders,
} from "@/connectors/hubspot/webhook-signature";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import type { Deps } from "@/services/context";
import { storeChangeNotices } from "./store-change-notices";

export type SignedBody = SignedHeaders & { body: Uint8Array };

/** `offMs`: by how much it is older than our clock says; less than nothing where it is younger. */
type Refusal = { kind: Exclude<SignatureVerdict, "good">; offMs?: number };

export type Receipt =
  | Refusal
  | { kind: "malformed" }
  /** `wake` names the integrations that have something to do now. */
  | { kind: "stored"; notices: number; wake: string[] };

/** The refusal of what is refused whatever its body says, so that nobody has us keep a body who signs none. */
export function refuseByHeaders(headers: SignedHeaders, now = Date.now()): Refusal | undefined {
  const fault = headerFault(headers, now);
  return fault && refusal(fault, headers, now);
}

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
  if (verdict !== "good") return refusal(verdict, input, now);
  const parsed = parseChangeNotices(Buffer.from(input.body).toString("utf8"));
  if (!parsed) return { kind: "malformed" };
  if (parsed.unreadable) log.warn("change-notices/unreadable", { count: parsed.unreadable });
  if (!parsed.notices.length) return { kind: "stored", notices: 0, wake: [] };
  const { stored, wake } = await storeChangeNotices(deps.db, parsed.notices, HUBSPOT_APP_ID);
  return { kind: "stored", notices: stored, wake };
}

function refusal(kind: Refusal["kind"], { timestamp }: SignedHeaders, now: number): Refusal {
  return kind === "stale" || kind === "ahead" ? { kind, offMs: now - Number(timestamp) } : { kind };
}
