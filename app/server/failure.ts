import "server-only";
import { randomUUID } from "node:crypto";
import { unstable_rethrow } from "next/navigation";
import { ZodError } from "zod";
import { errorFields, log } from "@/lib/log";
import type { Failure } from "@/services/action-result";
import { ServiceError } from "@/services/service-error";

/** Expected failures become words; the rest is logged under an id that the person can quote. */
export function toFailure(error: unknown): Failure {
  unstable_rethrow(error);
  if (error instanceof ServiceError) return { code: error.code, ...error.details };
  if (error instanceof ZodError) return { code: "invalid_input", fields: fieldReasons(error) };
  const id = randomUUID().slice(0, 8);
  log.error("request/failed", { id, ...errorFields(error) });
  return { code: "unexpected", values: { id } };
}

/** A schema's own message counts where it is the key of a text, as in `z.string().min(10, "password_too_short")`. */
function fieldReasons(error: ZodError): Record<string, string> {
  return Object.fromEntries(
    error.issues.map(({ path, message }) => [
      path.join("."),
      /^[a-z]+(_[a-z]+)+$/.test(message) ? message : "invalid_value",
    ]),
  );
}
