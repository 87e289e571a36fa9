import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../", import.meta.url));

/** The app's pages as the address bar has them, such as `/lists/[id]`. */
export function pagePaths(): string[] {
  return filesNamed(/(^|\/)page\.tsx$/)
    .map(addressOf)
    .sort();
}

/** The app's route handlers, such as `GET /api/prospects/[id]`. */
export function routeHandlers(): string[] {
  const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
  return filesNamed(/(^|\/)route\.ts$/)
    .flatMap((file) => {
      const exported =
        sourceOf(file)
          .match(/^export .*/gm)
          ?.join("\n") ?? "";
      const found = methods.filter((method) => new RegExp(`\\b${method}\\b`).test(exported));
      return found.map((method) => `${method} ${addressOf(file)}`);
    })
    .sort();
}

/** The names of all server actions. */
export function sourceActions(): string[] {
  return filesNamed(/\.tsx?$/)
    .map(sourceOf)
    .filter((source) => /^\s*"use server"/m.test(source))
    .flatMap((source) => [...source.matchAll(/^export (?:async function|const) (\w+)/gm)])
    .map((match) => match[1] ?? "")
    .sort();
}

function filesNamed(pattern: RegExp): string[] {
  return readdirSync(join(root, "app"), { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => pattern.test(file));
}

function sourceOf(file: string): string {
  return readFileSync(join(root, "app", file), "utf8");
}

function addressOf(file: string): string {
  const folders = file.split("/").slice(0, -1);
  return `/${folders.filter((folder) => !folder.startsWith("(")).join("/")}`;
}
