import { z } from "zod";

const Milliseconds = z.coerce.number().int().positive().optional();

const Environment = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  APP_URL: z.url({ protocol: /^https?$/ }),
  RUNNER_PORT: z.coerce.number().int().min(0).max(65535).default(0),
  INNGEST_SIGNING_KEY: z
    .string()
    .regex(/^(signkey-\w+-)?([0-9a-f]{2})+$/i, "must be hexadecimal, with or without a signkey-...- prefix"),
  INNGEST_EVENT_KEY: z.string().min(1),
  RUNNER_LEASE_MS: Milliseconds,
  RUNNER_RETRY_DELAY_MS: Milliseconds,
  RUNNER_RETENTION_DAYS: z.coerce.number().int().positive().optional(),
});
export type Environment = z.infer<typeof Environment>;

/** Every missing or malformed variable, in one message. */
export function parseEnvironment(env: Record<string, string | undefined>): Environment {
  const parsed = Environment.safeParse(env);
  if (parsed.success) return parsed.data;
  throw new Error(`The runner's environment is not complete:\n${z.prettifyError(parsed.error)}`);
}
