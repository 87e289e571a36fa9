import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Folders whose imports from others are for their types alone, which the linter's folder rules cannot say. */
const typesOnly: Record<string, string[]> = { components: ["services"] };

export function checkTypeOnlyImports(root: string): string[] {
  return Object.entries(typesOnly).flatMap(([folder, others]) =>
    sources(join(root, folder)).flatMap((file) =>
      valueImports(readFileSync(join(root, folder, file), "utf8"), others).map(
        (imported) => `${folder}/${file} may import only types of ${imported}`,
      ),
    ),
  );
}

export function valueImports(source: string, folders: string[]): string[] {
  const imports = source.matchAll(/^(?:import|export)\s+([^;]*?)\s+from\s+"@\/([^"]+)"/gm);
  return [...imports].flatMap(([, what = "", from = ""]) => {
    const theirs = folders.some((folder) => from.startsWith(`${folder}/`));
    return theirs && !isTypeOnly(what) ? [`@/${from}`] : [];
  });
}

function isTypeOnly(what: string): boolean {
  if (/^type\b/.test(what)) return true;
  const named = /^\{([\s\S]*)\}$/.exec(what)?.[1];
  if (named === undefined) return false;
  return named.split(",").every((name) => !name.trim() || /^type\s/.test(name.trim()));
}

function sources(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true })
    .map((file) => String(file).replaceAll("\\", "/"))
    .filter((file) => /\.tsx?$/.test(file));
}
