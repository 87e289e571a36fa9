import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { parseSealKeys, type SealKeys } from "@/lib/seal";
import { Fault } from "../bootstrap/fault.mjs";
import { appRole } from "../postgres/app-database";
import { serverUrl } from "../postgres/server-part";
import { givenEnvironment } from "../supervisor/given-environment";
import { parseOptions } from "../supervisor/options";
import { readOrCreateSecrets, type Secrets } from "../supervisor/secrets";

export type DatabaseAndKeys = {
  databaseUrl: string;
  keys: SealKeys;
  /** Where the product answers, if it runs. */
  appUrl: string | undefined;
};

const State = z.object({ appUrl: z.string().optional(), ports: z.object({ database: z.number() }) });

/** The same database and keys that `npm start` uses here: the person's own, else those of the data folder. */
export function databaseAndKeys(args: string[]): DatabaseAndKeys {
  const { envFile, dataDir } = parseOptions(args);
  const given = givenEnvironment(envFile);
  const secrets = (): Secrets => readOrCreateSecrets(join(dataDir, "secrets.json"), true).secrets;
  const state = readState(join(dataDir, "run", "supervisor.json"));
  return {
    databaseUrl: given.DATABASE_URL ?? embeddedUrl(state, secrets()),
    keys: readKeys(given.ENCRYPTION_KEYS ?? secrets().ENCRYPTION_KEYS),
    appUrl: given.APP_URL ?? state?.appUrl,
  };
}

function embeddedUrl(state: z.infer<typeof State> | undefined, secrets: Secrets): string {
  if (!state)
    throw new Fault(
      "The embedded database does not run. Start the product, and run this in another terminal.",
    );
  return serverUrl(state.ports.database, appRole, secrets.DATABASE_PASSWORD, appRole);
}

function readState(file: string): z.infer<typeof State> | undefined {
  if (!existsSync(file)) return undefined;
  return State.safeParse(JSON.parse(readFileSync(file, "utf8"))).data;
}

function readKeys(text: string): SealKeys {
  try {
    return parseSealKeys(text);
  } catch (error) {
    throw new Fault(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
