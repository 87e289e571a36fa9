import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { root } from "../bootstrap/root.mjs";

export type Given = Record<string, string | undefined>;

/** What the person set: the process's environment over the `.env` file. An empty value counts as not set. */
export function givenEnvironment(envFile: boolean): Given {
  const all = { ...(envFile ? readEnvFile() : {}), ...present(process.env) };
  return present(all);
}

/** Which parts are the person's own. One variable of a group is enough: the others are then asked for by name. */
export function externalParts(given: Given): { database: boolean; hubspot: boolean; inngest: boolean } {
  const anySet = (...names: string[]) => names.some((name) => given[name] !== undefined);
  return {
    database: anySet("DATABASE_URL"),
    hubspot: anySet(
      "HUBSPOT_CLIENT_ID",
      "HUBSPOT_CLIENT_SECRET",
      "HUBSPOT_APP_ID",
      "HUBSPOT_API_URL",
      "HUBSPOT_APP_URL",
    ),
    inngest: anySet("INNGEST_EVENT_KEY", "INNGEST_SIGNING_KEY", "INNGEST_BASE_URL"),
  };
}

function readEnvFile(): Given {
  try {
    return present(parseEnv(readFileSync(join(root, ".env"), "utf8")));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return {};
    throw error;
  }
}

function present(source: Given): Given {
  return Object.fromEntries(Object.entries(source).filter(([, value]) => value?.trim()));
}
