import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { initialise } from "../postgres/initialise";
import { choosePlace } from "../postgres/place";
import { serverPart, serverUrl } from "../postgres/server-part";
import { prepareDataDir } from "../supervisor/data-dir";
import { anyFreePort } from "../supervisor/free-port";
import { createPart } from "../supervisor/part";

export type TestServer = { url: string; stop(): Promise<void>; kill(): void };

/** Writes go to disk when the machine likes: what a test made is gone with its server anyway. */
export async function giveUpDurability(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    // A commit is still written before it is answered: a vacuum right after it marks its rows as visible to all.
    for (const setting of ["fsync", "full_page_writes"])
      await sql.unsafe(`alter system set ${setting} = off`);
    await sql.unsafe("select pg_reload_conf()");
  } finally {
    await sql.end();
  }
}

/** A Postgres of the test run's own, gone with it. */
export async function startTestServer(): Promise<TestServer> {
  const dir = prepareDataDir(mkdtempSync(join(tmpdir(), "test-postgres-")));
  const place = choosePlace(dir.path);
  const password = "only-for-tests";
  await initialise(place, password);
  const port = await anyFreePort();
  const url = serverUrl(port, "postgres", password, "postgres");
  const part = createPart(serverPart(place, port, url, 300), dir);
  await part.start();
  return {
    url,
    kill: part.kill,
    async stop() {
      await part.stop();
      rmSync(place.folder, { recursive: true, force: true });
      rmSync(dir.path, { recursive: true, force: true });
    },
  };
}
