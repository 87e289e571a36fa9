import "server-only";
import type { Failure } from "@/services/action-result";
import type { Ctx } from "@/services/context";
import { requireCtx } from "./context";
import { toFailure } from "./failure";

const statuses: Partial<Record<Failure["code"], number>> = {
  signed_out: 401,
  forbidden: 403,
  not_found: 404,
  already_exists: 409,
  in_use: 409,
  out_of_date: 409,
  too_many_attempts: 429,
  hubspot_unavailable: 503,
  unexpected: 500,
};

/** A route handler's read for pages that stay live: JSON of what `read` returns, or `{ error }` and its status. */
export async function respondJson<T>(read: (ctx: Ctx) => Promise<T>): Promise<Response> {
  const headers = { "Cache-Control": "no-store" };
  try {
    return Response.json(await read(await requireCtx()), { headers });
  } catch (error) {
    const failure = toFailure(error);
    return Response.json({ error: failure }, { status: statuses[failure.code] ?? 422, headers });
  }
}
