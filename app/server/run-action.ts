import "server-only";
import type { ActionResult } from "@/services/action-result";
import type { Ctx } from "@/services/context";
import { requireCtx } from "./context";
import { toFailure } from "./failure";

/** The one way from a server action to a verb: the signed-in person's context, and failures as values. */
export async function runAction<T>(act: (ctx: Ctx) => Promise<T>): Promise<ActionResult<T>> {
  try {
    return { ok: true, data: await act(await requireCtx()) };
  } catch (error) {
    return { ok: false, error: toFailure(error) };
  }
}

/** The same for the few acts of people who are not signed in. */
export async function runPublicAction<T>(act: () => Promise<T>): Promise<ActionResult<T>> {
  try {
    return { ok: true, data: await act() };
  } catch (error) {
    return { ok: false, error: toFailure(error) };
  }
}
