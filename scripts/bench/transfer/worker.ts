import { setTimeout as wait } from "node:timers/promises";
import { openDatabase } from "@/db/client";
import { env } from "@/lib/env";
import { workTransfer } from "@/services/transfers/work-transfer";

/** What the engine of the functions does, step after step, without its overhead. Tells the memory it takes, in MB. */
const [runId = ""] = process.argv.slice(2);
const { db, close } = openDatabase(env().DATABASE_URL, { max: 10 });
const tell = () => process.send?.(process.memoryUsage.rss() / 1024 / 1024);
const timer = setInterval(tell, 500);
tell();
for (let more = true; more; ) {
  const step = await workTransfer({ db, wake: async () => {} }, runId);
  more = step.more;
  if (more && step.idle) await wait(200);
}
clearInterval(timer);
tell();
await close();
process.disconnect();
