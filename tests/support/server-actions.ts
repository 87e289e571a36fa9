import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Visitor } from "./http-visitor";
import { root } from "./source-tree";

export type ServerAction = { name: string; id: string; page: string };

/** Every server action of the app as it is served, with a page that carries it. */
export async function servedActions(appUrl: string): Promise<ServerAction[]> {
  const served = await servedBuild(appUrl);
  const file = join(root, served, "server", "server-reference-manifest.json");
  const { node }: Manifest = JSON.parse(readFileSync(file, "utf8"));
  return Object.entries(node).map(([id, { exportedName, workers }]) => ({
    id,
    name: exportedName,
    page: addressOf(Object.keys(workers)[0] ?? ""),
  }));
}

/** The folder of the build that a running app serves. */
export async function servedBuild(appUrl: string): Promise<string> {
  const page = await (await fetch(`${appUrl}/sign-in`)).text();
  const served = [".next", ".next-beside"].find((folder) => {
    const file = join(root, folder, "BUILD_ID");
    return existsSync(file) && page.includes(readFileSync(file, "utf8"));
  });
  if (!served) throw new Error("the build that is served was not found");
  return served;
}

/** Calls it as a page does. Gives what it returns, or where it sends the person. */
export async function callAction(visitor: Visitor, action: ServerAction, input: unknown): Promise<unknown> {
  const response = await visitor.request(action.page, {
    method: "POST",
    headers: { "next-action": action.id, "content-type": "text/plain;charset=UTF-8" },
    body: JSON.stringify(input === undefined ? [] : [input]),
  });
  const text = await response.text();
  const redirected = response.headers.get("x-action-redirect");
  if (redirected) return { redirected };
  const answer = /^1:(.*)$/m.exec(text)?.[1];
  if (answer === undefined)
    throw new Error(`${action.name} answered ${response.status}: ${text.slice(0, 300)}`);
  return JSON.parse(answer);
}

type Manifest = { node: Record<string, { exportedName: string; workers: Record<string, unknown> }> };

/** `app/(app)/lists/[id]/page` is at `/lists/<some id>`. */
function addressOf(worker: string): string {
  const path = worker
    .replace(/^app/, "")
    .replace(/\/page$/, "")
    .replaceAll(/\/\([^)]*\)/g, "")
    .replaceAll(/\[[^\]]*\]/g, crypto.randomUUID());
  return path || "/";
}
