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

const headers = { "Cache-Control": "no-store" };

/** A route handler's read for pages that stay live: JSON of what `read` returns, or `{ error }` and its status. */
export async function respondJson<T>(read: (ctx: Ctx) => Promise<T>): Promise<Response> {
  const { known, refusal } = await readOrRefuse(async (ctx) => Response.json(await read(ctx), { headers }));
  return known ?? refusal;
}

/** What `read` returns, for an answer that is no JSON, or the answer that says why there is none. */
export async function readOrRefuse<T>(
  read: (ctx: Ctx) => Promise<T>,
): Promise<{ known: T; refusal?: never } | { known?: never; refusal: Response }> {
  try {
    return { known: await read(await requireCtx()) };
  } catch (error) {
    const failure = toFailure(error);
    return {
      refusal: Response.json({ error: failure }, { status: statuses[failure.code] ?? 422, headers }),
    };
  }
}
