import { understood } from "./sdk";
import type { HubspotRequest, Transport } from "./transport";

/** A call that the SDK does not have. An answer without content (204) is undefined. */
export async function callJson<T>(
  transport: Transport,
  schema: { parse: (data: unknown) => T },
  request: HubspotRequest,
): Promise<T> {
  return (await callBatch(transport, schema, request)).answer;
}

/** `inPart`: HubSpot says that it did not answer all of it. */
export function callBatch<T>(
  transport: Transport,
  schema: { parse: (data: unknown) => T },
  request: HubspotRequest,
): Promise<{ answer: T; inPart: boolean }> {
  const call = `${request.method} ${new URL(request.url).pathname}`;
  let inPart = false;
  const read = (data: unknown) => ({ answer: schema.parse(data), inPart });
  return understood(call, { parse: read }, async () => {
    const { status, body } = await transport(request);
    inPart = status === 207;
    return status === 204 ? undefined : JSON.parse(body.toString("utf8"));
  });
}
