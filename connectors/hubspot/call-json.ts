import { understood } from "./sdk";
import type { HubspotRequest, Transport } from "./transport";

/** A call that the SDK does not have. */
export function callJson<T>(
  transport: Transport,
  schema: { parse: (data: unknown) => T },
  request: HubspotRequest,
): Promise<T> {
  const call = `${request.method} ${new URL(request.url).pathname}`;
  return understood(call, schema, async () => JSON.parse((await transport(request)).body.toString("utf8")));
}
