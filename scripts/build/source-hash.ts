import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Folders and files of the project that do not end up in the built app. */
const notBuilt = new Set([
  "node_modules",
  "docs",
  "sandbox",
  "scripts",
  "tests",
  "test-results",
  "playwright-report",
  "coverage",
]);
const builtKinds = /\.(tsx?|mts|[cm]?js|json|css|svg|png|ico|webp|woff2?|sql|txt)$/;

/** A fingerprint of everything the build reads: the same content gives the same build. */
export function sourceHash(root: string): string {
  const hash = createHash("sha256").update(process.version);
  for (const file of builtFiles(root, "")) hash.update(`\0${file}\0`).update(readFileSync(join(root, file)));
  return hash.digest("hex");
}

function builtFiles(root: string, folder: string): string[] {
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  return entries
    .filter(
      ({ name }) =>
        !name.startsWith(".") && name !== "next-env.d.ts" && !(folder === "" && notBuilt.has(name)),
    )
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = folder ? `${folder}/${entry.name}` : entry.name;
      if (entry.isDirectory()) return builtFiles(root, path);
      return entry.isFile() && builtKinds.test(entry.name) ? [path] : [];
    });
}
