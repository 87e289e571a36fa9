import { createHash } from "node:crypto";
import { openDatabase } from "@/db/client";
import { env } from "@/lib/env";
import { heldToken } from "@/services/connections/access-token";

/** A process of its own that asks for one connection's token several times at once, when told to. */
const [connectionId = "", times = "1"] = process.argv.slice(2);
const { db, close } = openDatabase(env().DATABASE_URL, { max: 4 });
await db.execute("select 1");
process.stdout.write("ready\n");
await new Promise((resolve) => process.stdin.once("data", resolve));
const tokens = await Promise.all(
  Array.from({ length: Number(times) }, async () => (await heldToken({ db }, connectionId)).accessToken),
);
const fingerprints = new Set(tokens.map((token) => createHash("sha256").update(token).digest("hex")));
process.stdout.write(`${JSON.stringify([...fingerprints])}\n`);
await close();
process.exit(0);
