import { understood } from "./sdk";
import type { HubspotRequest, Transport } from "./transport";

/** A call that the SDK does not have. An answer without content (204) is undefined. */
export function callJson<T>(
  transport: Transport,
  schema: { parse: (data: unknown) => T },
  request: HubspotRequest,
): Promise<T> {
  const call = `${request.method} ${new URL(request.url).pathname}`;
  return understood(call, schema, async () => {
    const { status, body } = await transport(request);
    return status === 204 ? undefined : JSON.parse(body.toString("utf8"));
  });
}
