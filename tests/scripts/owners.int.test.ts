// Whoever starts it, wherever the folder is: Postgres refuses to be root, and its user may not enter root's folders.
// Verifies: R-95
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { initialise } from "@/scripts/postgres/initialise";
import { choosePlace } from "@/scripts/postgres/place";
import { serverPart, serverUrl } from "@/scripts/postgres/server-part";
import { prepareDataDir } from "@/scripts/supervisor/data-dir";
import { anyFreePort } from "@/scripts/supervisor/free-port";
import { createPart } from "@/scripts/supervisor/part";

it("keeps its database in the data folder when its user can reach that", async () => {
  const folder = newFolder(0o755);
  expect(await startTwice(join(folder, "data"))).toBe(join(folder, "data", "postgres"));
});

it("works in a folder whose parent only its owner may enter", async () => {
  const folder = newFolder(0o700);
  const place = await startTwice(join(folder, "data"));
  if (process.getuid?.() === 0) expect(place).toMatch(/^\/var\/lib\/snov-hubspot-sync\/[0-9a-f]{16}$/);
  else expect(place).toBe(join(folder, "data", "postgres"));
});

it("removes a lock file whose number belongs to another program by now", async () => {
  const folder = newFolder(0o755);
  const dataDir = prepareDataDir(join(folder, "data"));
  const place = choosePlace(dataDir.path);
  await initialise(place, "only-for-tests");
  const lockFile = join(place.data, "postmaster.pid");

  writeFileSync(lockFile, `${process.pid}\n${place.data}\n`);
  if (place.as) chownSync(lockFile, place.as.uid, place.as.gid);
  const part = createPart(...(await specOf(dataDir.path)), dataDir);
  onTestFinished(part.stop);
  await part.start();
});

/** Starts, stops, and starts again on what the first start left; tells where the database is. */
async function startTwice(path: string): Promise<string> {
  const dir = prepareDataDir(path);
  let folder = "";
  for (const _ of ["first", "second"]) {
    const place = choosePlace(dir.path);
    folder = place.folder;
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    await initialise(place, "only-for-tests");
    const part = createPart(...(await specOf(dir.path)), dir);
    await part.start();
    await part.stop();
  }
  return folder;
}

async function specOf(dataDir: string): Promise<[ReturnType<typeof serverPart>]> {
  const port = await anyFreePort();
  return [serverPart(choosePlace(dataDir), port, serverUrl(port, "postgres", "only-for-tests", "postgres"))];
}

function newFolder(mode: number): string {
  const folder = mkdtempSync(join(tmpdir(), "owners-test-"));
  mkdirSync(join(folder, "data"), { recursive: true });
  chmodSync(folder, mode);
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
