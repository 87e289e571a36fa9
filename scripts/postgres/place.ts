import { createHash } from "node:crypto";
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Fault } from "../bootstrap/fault.mjs";
import { type Binaries, binariesIn, copyNative, nativeFolder } from "./binaries";
import { canReach, ownerOf, type RunAs, runAs } from "./run-as";

/** Where the embedded Postgres keeps its data, which programs it uses and whom it runs as. */
export type Place = { folder: string; data: string; binaries: Binaries; as: RunAs; note?: string };

/**
 * Beside everything else in the data folder, if the user that Postgres runs as can get there. Root's own folders
 * are often closed to that user; then data and programs go to a fixed folder of the system, and the data folder remembers where.
 */
export function choosePlace(dataDir: string): Place {
  const remembered = join(dataDir, "postgres-folder");
  const inside = join(dataDir, "postgres");
  const known = existsSync(remembered) ? readFileSync(remembered, "utf8").trim() : inside;
  const as = runAs(ownerOf(join(known, "data")) ?? ownerOf(known));
  const native = nativeFolder();
  const binaries = canReach(as, join(native, "bin")) ? native : copyNative(native, systemFolder());
  if (known !== inside || canReach(as, dataDir)) return open(known, binaries, as);
  if (existsSync(join(inside, "data")))
    throw new Fault(
      `The database is in ${inside}, which the user ${as?.name} can no longer reach. Let that user pass (chmod o+x on the folders above it) and run the command again.`,
    );
  const outside = join(systemFolder(), createHash("sha256").update(dataDir).digest("hex").slice(0, 16));
  writeFileSync(remembered, `${outside}\n`, { mode: 0o600 });
  return {
    ...open(outside, binaries, as),
    note: `Postgres runs as ${as?.name}, who cannot enter this folder: the database is in ${outside}.`,
  };
}

function open(folder: string, native: string, as: RunAs): Place {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  if (as) chownSync(folder, as.uid, as.gid);
  const data = join(folder, "data");
  // Postgres refuses data that others may read, which a copied folder can make of it.
  if (existsSync(data)) chmodSync(data, 0o700);
  return { folder, data, binaries: binariesIn(native), as };
}

function systemFolder(): string {
  const folder = "/var/lib/snov-hubspot-sync";
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  chmodSync(folder, 0o755);
  return folder;
}
