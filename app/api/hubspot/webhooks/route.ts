import { after } from "next/server";
import { intakeDeps } from "@/app/server/deps";
import { log } from "@/lib/log";
import { dropBody, readLimitedBody } from "@/services/change-notices/read-limited-body";
import { receiveChangeNotices, refuseByHeaders } from "@/services/change-notices/receive-change-notices";

/** HubSpot sends up to 100 events together, each with a value of up to 65,536 characters, which are up to three bytes each. */
const MAX_BYTES = 20 * 1024 * 1024;

/** HubSpot's push. The answer waits for the database alone; the engine is woken after it. */
export async function POST(request: Request): Promise<Response> {
  const headers = {
    signature: request.headers.get("x-hubspot-signature-v3"),
    timestamp: request.headers.get("x-hubspot-request-timestamp"),
  };
  const refused = refuseByHeaders(headers);
  if (refused) {
    await dropBody(request, MAX_BYTES);
    return refuse(401, refused.kind, refused.offMs);
  }
  const body = await readLimitedBody(request, MAX_BYTES);
  if (!body) return refuse(413, "too_large");
  const deps = intakeDeps();
  const receipt = await receiveChangeNotices({ deps, input: { body, ...headers } });
  if (receipt.kind === "malformed") return refuse(400, receipt.kind);
  if (receipt.kind !== "stored") return refuse(401, receipt.kind, receipt.offMs);
  if (receipt.wake.length) after(() => deps.wake(receipt.wake));
  return new Response(null, { status: 200 });
}

function refuse(status: number, reason: string, offMs?: number): Response {
  log.warn("change-notices/refused", { reason, ...(offMs === undefined ? {} : { offMs }) });
  return new Response(null, { status });
}
