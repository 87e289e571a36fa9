import { z } from "zod";

/** One call and its answer, as the sandbox's recording has them. No answer: the connection broke. */
export const Exchange = z.object({
  method: z.string(),
  url: z.string(),
  request: z.object({
    agent: z.string(),
    accept: z.string(),
    contentType: z.string(),
    authorization: z.string(),
    body: z.unknown(),
  }),
  answer: z.object({ status: z.number(), contentType: z.string(), body: z.unknown() }).nullable(),
});
export type Exchange = z.infer<typeof Exchange>;

/**
 * Calls that a test makes itself, in a browser or by HubSpot's own client, are wrong on purpose now and then:
 * of those the answers alone count. Everything else is ours, so that no call of the product slips through.
 */
export function isOurs({ request }: Exchange): boolean {
  return !/^(Mozilla\/|sandbox-test$|hubspot-api-client-nodejs)/.test(request.agent);
}
