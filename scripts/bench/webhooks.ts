import { cpus, loadavg } from "node:os";
import { count, inArray } from "drizzle-orm";
import { changeNotices } from "@/db/schema/sync";
import { ACCOUNT } from "@/tests/sandbox/test-sandbox";
import { type LaunchedIntegration, launchIntegrationIn } from "@/tests/support/launched-integration";
import { startProduct } from "@/tests/support/start-product";
import { type Burst, sendBurst } from "@/tests/support/webhook-burst";
import { percentile } from "../percentile";
import { mixedPosts } from "./webhooks/posts";
import { brokenPromises } from "./webhooks/promises";

/**
 * A thousand events of HubSpot in ten seconds, half of them two to a post and half a hundred, sent to the product
 * while it works them off. Last line: how many were not stored, and how long the slowest hundredth of answers took. It
 * fails where one was not, or where that is 100 ms or longer.
 */
export async function main(args: string[]): Promise<void> {
  const rounds = Number(args[args.indexOf("--rounds") + 1]) || 1;
  // Without sample data: linking it would be measured as well.
  const product = await startProduct({ sampleData: false });
  try {
    const integration = await launchIntegrationIn(product.environment);
    const target = {
      appUrl: product.appUrl,
      clientSecret: product.environment.HUBSPOT_CLIENT_SECRET ?? "",
      accountId: ACCOUNT,
    };
    // The first request of a server loads what the others find in memory.
    await sendBurst({ ...target, posts: [1, 1, 1], overMs: 300 });
    const taken: number[] = [];
    let [events, lost] = [0, 0];
    for (let round = 0; round < rounds; round += 1) {
      const result = await sendBurst({ ...target, posts: mixedPosts(), overMs: 10_000 } satisfies Burst);
      events += result.contactIds.length;
      lost += result.contactIds.length - (await storedOf(integration, result.contactIds));
      taken.push(...result.taken);
    }
    await integration.close();
    taken.sort((a, b) => a - b);
    const p99Ms = percentile(taken, 0.99);
    const slowest = taken.slice(-5).map((ms) => Math.round(ms));
    console.log(
      `${taken.length} posts, median ${percentile(taken, 0.5)} ms, the slowest ${slowest.join(", ")} ms`,
    );
    console.log(`${cpus().length} processors, load average ${loadavg()[0]?.toFixed(1)}`);
    const broken = brokenPromises({ events, lost, p99Ms });
    for (const promise of broken) console.log(`✗ ${promise}`);
    if (broken.length) process.exitCode = 1;
    console.log(JSON.stringify({ events, lost, p99Ms }));
  } finally {
    await product.stop();
  }
}

async function storedOf({ db }: LaunchedIntegration, contactIds: string[]): Promise<number> {
  const [row] = await db
    .select({ stored: count() })
    .from(changeNotices)
    .where(inArray(changeNotices.recordId, contactIds));
  return row?.stored ?? 0;
}
