import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { env } from "@/lib/env";

/** Key version → 32 bytes. */
export type SealKeys = Map<number, Buffer>;

/**
 * AES-256-GCM with the newest key, as `version.iv.tag.text`. The context, an id of what it belongs to, is
 * authenticated with it: a sealed text copied to another row does not open.
 */
export function seal(text: string, context: string, keys: SealKeys = configuredKeys()): string {
  const version = Math.max(...keys.keys());
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", keyOf(keys, version), iv);
  cipher.setAAD(Buffer.from(context));
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return [version, ...[iv, cipher.getAuthTag(), sealed].map((part) => part.toString("base64url"))].join(".");
}

/** The version of the key that a sealed text needs. */
export function sealedWith(sealed: string): number {
  return Number(sealed.split(".")[0]);
}

/** The version that seals now. */
export function newestKey(): number {
  return Math.max(...configuredKeys().keys());
}

/** Throws where the text was changed, belongs to another context, or its key is not configured. */
export function unseal(sealed: string, context: string, keys: SealKeys = configuredKeys()): string {
  const [version = "", iv = "", tag = "", text = ""] = sealed.split(".");
  const decipher = createDecipheriv(
    "aes-256-gcm",
    keyOf(keys, Number(version)),
    Buffer.from(iv, "base64url"),
    {
      authTagLength: 16,
    },
  );
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(Buffer.from(tag, "base64url"));
  return Buffer.concat([decipher.update(Buffer.from(text, "base64url")), decipher.final()]).toString("utf8");
}

/** Reads `version:base64` pairs, comma separated. */
export function parseSealKeys(text: string): SealKeys {
  return new Map(
    text.split(",").map((pair) => {
      const [version = "", key = ""] = pair.split(":");
      const bytes = Buffer.from(key, "base64");
      if (bytes.length !== 32) throw new Error(`ENCRYPTION_KEYS: key ${version} does not have 32 bytes`);
      return [Number(version), bytes];
    }),
  );
}

let configured: SealKeys | undefined;

function configuredKeys(): SealKeys {
  configured ??= parseSealKeys(env().ENCRYPTION_KEYS);
  return configured;
}

function keyOf(keys: SealKeys, version: number): Buffer {
  const key = keys.get(version);
  if (!key) throw new Error(`ENCRYPTION_KEYS has no key of version ${version}`);
  return key;
}
