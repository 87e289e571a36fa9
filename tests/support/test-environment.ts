import { randomBytes } from "node:crypto";

/** Gives this test process an environment of its own; call it before anything reads `env()`. */
export function setTestEnvironment(values: {
  databaseUrl: string;
  hubspotUrl: string;
  clientId: string;
  clientSecret: string;
  appId: number;
}): void {
  Object.assign(process.env, {
    DATABASE_URL: values.databaseUrl,
    APP_URL: "http://127.0.0.1:3999",
    NEXTAUTH_SECRET: randomBytes(32).toString("hex"),
    ENCRYPTION_KEYS: `1:${randomBytes(32).toString("base64")}`,
    HUBSPOT_API_URL: values.hubspotUrl,
    HUBSPOT_APP_URL: values.hubspotUrl,
    HUBSPOT_CLIENT_ID: values.clientId,
    HUBSPOT_CLIENT_SECRET: values.clientSecret,
    HUBSPOT_APP_ID: String(values.appId),
    INNGEST_EVENT_KEY: "test",
    INNGEST_SIGNING_KEY: `signkey-test-${randomBytes(32).toString("hex")}`,
  });
}
