import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { openDatabase } from "@/db/client";
import { env } from "@/lib/env";
import { openConnection } from "@/services/connections/open-connection";

/** A process of its own that calls as long as it is told to. */
const LIVE_EVERY_MS = 200;
/** So many bulk calls wait side by side: there is always more to do than the limit allows. */
const BULK_PLACES = 6;

const [connectionId = "", lane = "bulk", name = ""] = process.argv.slice(2);
const { db } = openDatabase(env().DATABASE_URL, { max: 6 });
const hubspot = await openConnection({ db }, connectionId, lane === "live" ? "live" : "bulk");
let [stopped, calls, waits] = [false, 0, [] as number[]];

const commands = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
process.stdout.write("ready\n");
await commands.next();
const inputs = Array.from({ length: 100 }, (_, nr) => ({
  trace: `${nr}`,
  properties: { email: `${name}-${nr}@example.org`, jobtitle: "start" },
}));
const outcomes = [...(await hubspot.contacts.create(inputs)).values()];
const ids = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.contact.id] : []));
const work = lane === "live" ? live() : Promise.all(Array.from({ length: BULK_PLACES }, (_, nr) => bulk(nr)));
await commands.next();
[calls, waits] = [0, []];
await commands.next();
stopped = true;
process.stdout.write(`${JSON.stringify({ name, calls, waits })}\n`);
await work.catch(() => {});
process.exit(0);

async function bulk(place: number): Promise<void> {
  for (let round = 0; !stopped; round += 1) {
    await timed(() => hubspot.contacts.readByIds(ids, ["email", "jobtitle"]));
    const jobtitle = `Title ${place} ${round}`;
    await timed(() => hubspot.contacts.update(ids.map((id) => ({ id, properties: { jobtitle } }))));
  }
}

/** Not one after another: somebody who edits does not wait for another's edit to arrive. */
async function live(): Promise<void> {
  for (let nr = 0; !stopped; nr += 1) {
    const id = ids[nr % ids.length] ?? "";
    void timed(() => hubspot.contacts.update([{ id, properties: { city: `City ${nr}` } }]));
    await wait(LIVE_EVERY_MS);
  }
}

async function timed(act: () => Promise<unknown>): Promise<void> {
  const begun = performance.now();
  await act();
  calls += 1;
  waits.push(performance.now() - begun);
}
