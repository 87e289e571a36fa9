import { ensureAppDatabase } from "../postgres/app-database";
import { initialise } from "../postgres/initialise";
import { choosePlace } from "../postgres/place";
import { serverPart, serverUrl } from "../postgres/server-part";
import type { DataDir } from "./data-dir";
import type { PartSpec } from "./part";
import type { Secrets } from "./secrets";
import { terminal } from "./terminal";

type Input = { dir: DataDir; port: number; secrets: Secrets; run: (spec: PartSpec) => Promise<void> };

/** Starts the embedded Postgres with the app's database in it. */
export async function startDatabase({ dir, port, secrets, run }: Input): Promise<void> {
  const place = choosePlace(dir.path);
  if (place.note) terminal.line(`  ${place.note}`);
  await initialise(place, secrets.DATABASE_OWNER_PASSWORD);
  const ownerUrl = serverUrl(port, "postgres", secrets.DATABASE_OWNER_PASSWORD, "postgres");
  await run(serverPart(place, port, ownerUrl));
  await ensureAppDatabase(ownerUrl, secrets.DATABASE_PASSWORD);
}
