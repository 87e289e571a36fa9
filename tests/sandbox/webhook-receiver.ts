import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { WirePayload } from "../../sandbox/hubspot/webhooks/contact-event";

export interface Delivery {
  body: string;
  headers: Record<string, string | string[] | undefined>;
  events: WirePayload[];
}

/** Stands where the app's webhook address is, and keeps what arrives there. */
export async function startReceiver() {
  const deliveries: Delivery[] = [];
  let status = 200;
  let changed = () => {};
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const sent: WirePayload[] = JSON.parse(body);
    attempts.push(sent[0]?.attemptNumber ?? -1);
    if (status === 200) deliveries.push({ body, headers: request.headers, events: sent });
    response.writeHead(status).end();
    refused += status === 200 ? 0 : 1;
    changed();
  });
  let refused = 0;
  const attempts: number[] = [];
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const events = () => deliveries.flatMap((delivery) => delivery.events);
  const until = (test: () => boolean) =>
    new Promise<void>((resolve) => {
      changed = () => {
        if (test()) resolve();
      };
      changed();
    });
  return {
    url: `http://127.0.0.1:${port}/webhooks/hubspot`,
    deliveries,
    events,
    refused: () => refused,
    /** The attempt numbers of all deliveries, refused ones too. */
    attempts: () => attempts,
    answerWith: (next: number) => {
      status = next;
    },
    untilEvents: (test: (events: WirePayload[]) => boolean) => until(() => test(events())),
    untilRefused: (count: number) => until(() => refused >= count),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
