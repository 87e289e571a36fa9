import crypto from "node:crypto";
import { syncBuiltinESMExports } from "node:module";
import type { Random } from "./random";

const { randomBytes, randomUUID } = crypto;

/** Random names of records, leases and tokens come from the run's seed as well, so that their order repeats. */
export function seedIds(random: Random): void {
  const bytes = (size: number) => Buffer.from(Array.from({ length: size }, () => random.bits() & 255));
  Object.assign(crypto, { randomBytes: bytes, randomUUID: () => asUuid(bytes(16)) });
  syncBuiltinESMExports();
}

export function unseedIds(): void {
  Object.assign(crypto, { randomBytes, randomUUID });
  syncBuiltinESMExports();
}

function asUuid(bytes: Buffer): string {
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
