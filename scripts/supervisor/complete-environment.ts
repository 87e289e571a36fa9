import { parseEnv } from "@/lib/env";
import { Fault } from "../bootstrap/fault.mjs";
import { appRole } from "../postgres/app-database";
import { serverUrl } from "../postgres/server-part";
import type { Ports } from "./choose-ports";
import { externalParts, type Given } from "./given-environment";
import type { Secrets } from "./secrets";

const sandboxApp = { clientId: "sandbox-client-id", appId: "7654321" };

/**
 * The whole environment of the app: what the person set, and for every part they left to us its address and keys.
 * Checked before anything starts; everything missing or malformed is named in one message.
 */
export function completeEnvironment(given: Given, ports: Ports, secrets: Secrets): Record<string, string> {
  const external = externalParts(given);
  const sandboxUrl = `http://localhost:${ports.sandbox}`;
  const ours: Given = {
    APP_URL: `http://localhost:${ports.app}`,
    NEXTAUTH_SECRET: secrets.NEXTAUTH_SECRET,
    ENCRYPTION_KEYS: secrets.ENCRYPTION_KEYS,
    ...(!external.database && {
      DATABASE_URL: serverUrl(ports.database, appRole, secrets.DATABASE_PASSWORD, appRole),
    }),
    ...(!external.hubspot && {
      HUBSPOT_CLIENT_ID: sandboxApp.clientId,
      HUBSPOT_CLIENT_SECRET: secrets.SANDBOX_CLIENT_SECRET,
      HUBSPOT_APP_ID: sandboxApp.appId,
      HUBSPOT_API_URL: sandboxUrl,
      HUBSPOT_APP_URL: sandboxUrl,
    }),
    ...(!external.inngest && {
      INNGEST_BASE_URL: `http://127.0.0.1:${ports.runner}`,
      INNGEST_EVENT_KEY: secrets.INNGEST_EVENT_KEY,
      INNGEST_SIGNING_KEY: secrets.INNGEST_SIGNING_KEY,
    }),
  };
  const { SANDBOX_URL: _, ...rest } = given;
  const all: Given = { ...ours, ...rest, ...(!external.hubspot && { SANDBOX_URL: sandboxUrl }) };
  try {
    parseEnv(all);
  } catch (error) {
    throw new Fault(error instanceof Error ? error.message : String(error), { cause: error });
  }
  const entries = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { ...Object.fromEntries(entries), NEXT_TELEMETRY_DISABLED: "1", NEXTAUTH_URL: all.APP_URL ?? "" };
}
