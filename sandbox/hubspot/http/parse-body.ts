import type { z } from "zod";
import { invalid } from "./api-error";

/** HubSpot answers a malformed body with the place of the first fault. */
export function parseBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const faults = result.error.issues.map((issue) => {
    const path = issue.path.join(".") || "body";
    return { message: `${path}: ${issue.message}`, in: path, code: "INVALID_BODY" };
  });
  throw invalid(`Invalid input JSON: ${faults[0]?.message}`, { errors: faults });
}
