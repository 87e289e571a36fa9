import { z } from "zod";

const text = z.string().trim().min(1);
const url = z.url().transform((value) => value.replace(/\/$/, ""));

const Env = z.object({
  DATABASE_URL: text.regex(/^postgres(ql)?:\/\//, "must start with postgres://"),
  /** Where people and HubSpot reach the app. */
  APP_URL: url,
  NEXTAUTH_SECRET: text.min(32, "needs at least 32 characters"),
  /** `version:base64 of 32 bytes`, comma separated; the highest version seals, all of them open. */
  ENCRYPTION_KEYS: text.regex(
    /^\d+:[A-Za-z0-9+/=]{44}(,\d+:[A-Za-z0-9+/=]{44})*$/,
    "must look like 1:<base64 of 32 bytes>",
  ),
  HUBSPOT_CLIENT_ID: text,
  HUBSPOT_CLIENT_SECRET: text,
  HUBSPOT_APP_ID: text,
  HUBSPOT_API_URL: url.default("https://api.hubapi.com"),
  HUBSPOT_APP_URL: url.default("https://app.hubspot.com"),
  INNGEST_BASE_URL: url.optional(),
  INNGEST_EVENT_KEY: text,
  INNGEST_SIGNING_KEY: text,
  OIDC_ISSUER: url.optional(),
  OIDC_CLIENT_ID: text.optional(),
  OIDC_CLIENT_SECRET: text.optional(),
  OIDC_NAME: text.default("single sign-on"),
  /** With its user and password; without it no e-mail is sent. */
  SMTP_URL: text
    .regex(/^smtps?:\/\/[^/?#]+/, "must start with smtp:// or smtps:// and name a host")
    .refine((value) => URL.canParse(value), "is no address; escape special characters of the password")
    .optional(),
  MAIL_FROM: text
    .regex(
      /^(?:[^<>\r\n]*<[^<>\s@]+@[^<>\s@]+>|[^<>\s@]+@[^<>\s@]+)$/,
      "must be an address, or a name and an address in <>",
    )
    .optional(),
  /** The hour, in UTC, at which daily e-mails go out. */
  MAIL_DIGEST_HOUR: z.coerce.number().int().min(0).max(23).default(7),
  /** Set by the supervisor while the sandbox HubSpot account is in use. */
  SANDBOX_URL: url.optional(),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error"]).default("info"),
});
export type Env = z.infer<typeof Env>;

let parsed: Env | undefined;

/** The environment, parsed once. Throws one message that names everything missing or malformed. */
export function env(): Env {
  parsed ??= parseEnv(process.env);
  return parsed;
}

export function parseEnv(source: Record<string, string | undefined>): Env {
  const present = Object.fromEntries(Object.entries(source).filter(([, value]) => value?.trim()));
  const result = Env.safeParse(present);
  const faults = [
    ...(result.error?.issues.map((issue) => explain(issue, present)) ?? []),
    ...halfSet(present),
  ];
  if (result.success && faults.length === 0) return result.data;
  throw new Error(
    `The environment is not complete:\n${faults.join("\n")}\nSee .env.example for what each one is.`,
  );
}

function explain(issue: z.core.$ZodIssue, present: object): string {
  const name = issue.path.join(".");
  return `  ${name}: ${name in present ? issue.message : "is missing"}`;
}

const groups = [
  ["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"],
  ["SMTP_URL", "MAIL_FROM"],
];

/** Variables that mean nothing without each other. */
function halfSet(present: Record<string, string | undefined>): string[] {
  return groups.flatMap((group) => {
    const missing = group.filter((name) => !(name in present));
    if (missing.length === group.length) return [];
    return missing.map((name) => `  ${name}: is missing, while others of its group are set`);
  });
}
