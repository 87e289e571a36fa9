import { createHmac } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";

export type Burst = {
  appUrl: string;
  clientSecret: string;
  accountId: number;
  /** How many events each post carries, in their order. */
  posts: number[];
  /** The posts are spread evenly over this time; none waits for the answer to another. */
  overMs: number;
};

export type BurstResult = {
  contactIds: string[];
  /** Milliseconds from sending to the answer, one per post. */
  taken: number[];
  statuses: number[];
};

/** What HubSpot sends when many contacts change at once: signed posts, every event about another contact. */
export async function sendBurst({ posts, overMs, ...target }: Burst): Promise<BurstResult> {
  let next = 8_000_000_000 + Math.floor(Math.random() * 1_000_000) * 1000;
  const batches = posts.map((size) => Array.from({ length: size }, () => String(next++)));
  const begun = performance.now();
  const answers = await Promise.all(
    batches.map(async (ids, at) => {
      await wait((overMs / posts.length) * at - (performance.now() - begun));
      return send(target, ids);
    }),
  );
  return {
    contactIds: batches.flat(),
    taken: answers.map(({ ms }) => ms),
    statuses: answers.map(({ status }) => status),
  };
}

async function send({ appUrl, clientSecret, accountId }: Omit<Burst, "posts" | "overMs">, ids: string[]) {
  const url = `${appUrl}/api/hubspot/webhooks`;
  const body = JSON.stringify(ids.map((id) => eventOf(id, accountId)));
  const timestamp = String(Date.now());
  const signature = createHmac("sha256", clientSecret)
    .update(`POST${url}${body}${timestamp}`)
    .digest("base64");
  const headers = {
    "content-type": "application/json",
    "x-hubspot-request-timestamp": timestamp,
    "x-hubspot-signature-v3": signature,
  };
  const begun = performance.now();
  const response = await fetch(url, { method: "POST", headers, body });
  await response.arrayBuffer();
  return { ms: performance.now() - begun, status: response.status };
}

function eventOf(contactId: string, portalId: number) {
  return {
    eventId: Number(contactId),
    subscriptionId: 1,
    portalId,
    appId: 1,
    occurredAt: Date.now(),
    subscriptionType: "contact.propertyChange",
    attemptNumber: 0,
    objectId: Number(contactId),
    propertyName: "city",
    propertyValue: "Recife",
    changeSource: "CRM_UI",
    sourceId: "userId:7",
  };
}
