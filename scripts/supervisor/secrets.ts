import { randomBytes } from "node:crypto";
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { z } from "zod";
import { Fault } from "../bootstrap/fault.mjs";

const text = z.string().min(16);
const Secrets = z.object({
  NEXTAUTH_SECRET: text,
  ENCRYPTION_KEYS: text,
  INNGEST_EVENT_KEY: text,
  INNGEST_SIGNING_KEY: text,
  SANDBOX_CLIENT_SECRET: text,
  DATABASE_OWNER_PASSWORD: text,
  DATABASE_PASSWORD: text,
});
export type Secrets = z.infer<typeof Secrets>;

/** This installation's secrets, made on its first run. `hasDatabase` says that an earlier run left a database. */
export function readOrCreateSecrets(
  file: string,
  hasDatabase: boolean,
): { secrets: Secrets; created: boolean } {
  if (existsSync(file)) return { secrets: read(file), created: false };
  if (hasDatabase)
    throw new Fault(
      `${file} is gone, and the database beside it cannot be opened without it. Put the file back from a backup, or remove the folder to begin with an empty database.`,
    );
  const secrets = create();
  write(file, secrets);
  return { secrets, created: true };
}

function read(file: string): Secrets {
  try {
    return Secrets.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError)
      throw new Fault(
        `${file} is damaged. Put it back from a backup, or remove the folder to begin with an empty database.`,
      );
    throw error;
  }
}

function create(): Secrets {
  return {
    NEXTAUTH_SECRET: randomBytes(32).toString("base64url"),
    ENCRYPTION_KEYS: `1:${randomBytes(32).toString("base64")}`,
    INNGEST_EVENT_KEY: randomBytes(24).toString("hex"),
    INNGEST_SIGNING_KEY: `signkey-prod-${randomBytes(32).toString("hex")}`,
    SANDBOX_CLIENT_SECRET: randomBytes(24).toString("hex"),
    DATABASE_OWNER_PASSWORD: randomBytes(24).toString("hex"),
    DATABASE_PASSWORD: randomBytes(24).toString("hex"),
  };
}

/** Whole or not at all: a start that is killed here must not leave half a file. */
function write(file: string, secrets: Secrets): void {
  const draft = `${file}.new`;
  const handle = openSync(draft, "w", 0o600);
  writeSync(handle, `${JSON.stringify(secrets, null, 2)}\n`);
  fsyncSync(handle);
  closeSync(handle);
  renameSync(draft, file);
}
