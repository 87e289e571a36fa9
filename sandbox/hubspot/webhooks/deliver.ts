import type { WirePayload } from "./contact-event";
import { signatureV1, signatureV3 } from "./sign";

const ANSWER_WITHIN_MS = 5000;

export interface Target {
  url: string;
  secret: string;
}

/** True when the app took the batch: a 2xx within five seconds. */
export async function deliver(target: Target, events: WirePayload[], stop: AbortSignal): Promise<boolean> {
  const body = JSON.stringify(events);
  const timestamp = String(Date.now());
  try {
    const response = await fetch(target.url, {
      method: "POST",
      body,
      redirect: "manual",
      signal: AbortSignal.any([stop, AbortSignal.timeout(ANSWER_WITHIN_MS)]),
      headers: {
        "content-type": "application/json",
        "user-agent": "HubSpot Connect 2.0 (sandbox)",
        "x-hubspot-signature": signatureV1(target.secret, body),
        "x-hubspot-signature-version": "v1",
        "x-hubspot-signature-v3": signatureV3(target.secret, "POST", target.url, body, timestamp),
        "x-hubspot-request-timestamp": timestamp,
      },
    });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
