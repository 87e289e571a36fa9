import { env } from "@/lib/env";
import type { WirePayload } from "@/sandbox/hubspot/webhooks/contact-event";
import { signatureV3 } from "@/sandbox/hubspot/webhooks/sign";
import { receiveChangeNotices } from "@/services/change-notices/receive-change-notices";
import { interference, isLostDatabase } from "../interference";
import { clock } from "../machine/clock";
import { inProcess, newProcess } from "../machine/process";
import { count, tell, type World } from "../world";

/** Some of what waits, in any order; now and then a notice comes twice, or the app dies and HubSpot tries again. */
export async function deliverSome(world: World, most = 8): Promise<void> {
  const { random, notices } = world;
  if (!notices.length) return;
  const mixed = random.chance(0.5) ? random.shuffled(notices) : [...notices];
  const batch = mixed.slice(0, random.between(1, Math.max(1, Math.min(mixed.length, most))));
  await deliver(world, batch, { keep: random.chance(0.2) });
}

export async function deliverAll(world: World): Promise<void> {
  while (world.notices.length) await deliver(world, world.notices.slice(0, 100), { keep: false });
}

/** HubSpot gave up on these, or nobody listened. */
export function loseSome(world: World): void {
  if (world.settings.lossless) return;
  const lost = world.notices.filter(() => world.random.chance(0.5));
  if (!lost.length) return;
  tell(world, "hubspot", `loses ${lost.length} notices`);
  forget(world, lost);
}

/** HubSpot keeps a batch until the app has answered, so a crash only delays it; `keep` sends it once more later. */
async function deliver(world: World, batch: WirePayload[], { keep }: { keep: boolean }): Promise<void> {
  clock.pass(1);
  tell(world, "web", `receives ${batch.map(describe).join(", ")}${keep ? ", to come again" : ""}`);
  const body = Buffer.from(JSON.stringify(batch));
  const { APP_URL, HUBSPOT_CLIENT_SECRET } = env();
  const timestamp = String(clock.now);
  const url = `${APP_URL}/api/hubspot/webhooks`;
  const signature = signatureV3(HUBSPOT_CLIENT_SECRET, "POST", url, body.toString(), timestamp);
  const web = newProcess("web");
  web.at = interference(world, web);
  const receipt = await inProcess(web, () =>
    receiveChangeNotices({ deps: world.ctx, input: { body, signature, timestamp } }),
  ).catch((error: unknown) => {
    if (!web.dead && !isLostDatabase(error)) throw error;
    return null;
  });
  // HubSpot tries again.
  if (!receipt) return;
  if (receipt.kind !== "stored") throw new Error(`the notices were not stored: ${receipt.kind}`);
  count(world.counts.visited, "notices:stored");
  if (!keep) forget(world, batch);
}

function forget(world: World, gone: WirePayload[]): void {
  const ids = new Set(gone.map(({ eventId }) => eventId));
  world.notices.splice(0, Infinity, ...world.notices.filter(({ eventId }) => !ids.has(eventId)));
}

function describe({ subscriptionType, objectId, propertyName }: WirePayload): string {
  return `${subscriptionType.replace("contact.", "")} ${propertyName ?? ""} ${objectId}`;
}
