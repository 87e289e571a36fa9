import { z } from "zod";
import { WireContact } from "./contact";
import { ErrorBody } from "./read-error";

/** What the batch endpoints answer: all that went well, and with status 207 each fault beside it. */
export const BatchAnswer = z.object({
  results: z.array(WireContact),
  errors: z.array(ErrorBody).optional(),
});
export type BatchAnswer = z.infer<typeof BatchAnswer>;
