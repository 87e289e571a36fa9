import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { anyFreePort } from "@/scripts/supervisor/free-port";
import { createPart } from "@/scripts/supervisor/part";
import { insideUrl, runnerPart, webPart } from "@/scripts/supervisor/parts";
import { servedBuild } from "./server-actions";
import type { Product } from "./start-product";

/** Another web server and another runner on a running product's database and sandbox, as on a second machine. */
export async function startSecondPair(product: Product) {
  const host = "127.0.0.1";
  const folder = mkdtempSync(join(tmpdir(), "second-pair-"));
  const dirs = { run: join(folder, "run"), logs: join(folder, "logs") };
  for (const dir of Object.values(dirs)) mkdirSync(dir);
  const app = await anyFreePort();
  const runner = await anyFreePort(new Set([app]));
  const distDir = await servedBuild(product.appUrl);
  const env = product.environment;
  const web = createPart(webPart(env, app, host, { dev: false, distDir }), dirs);
  const second = createPart(runnerPart(env, { app, runner, sandbox: 0, database: 0 }, host), dirs);
  await web.start();
  await second.start();
  return {
    appUrl: insideUrl(app, host),
    runnerUrl: insideUrl(runner, host),
    async stop() {
      await second.stop();
      await web.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
