import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { startTestServer } from "@/scripts/test/embedded-server";
import { readActivities } from "@/services/activities/read-activities";
import { type ReadDecidedInput, readDecided } from "@/services/conflicts/read-decided";
import { readConflictsPage } from "@/services/conflicts/read-page";
import { type ChartRange, readCharts } from "@/services/figures/read-charts";
import { saveStatusHour } from "@/services/figures/save-status-hour";
import { readOverview } from "@/services/integrations/read-overview";
import { type ReadItemsInput, readItems } from "@/services/transfers/read-items";
import { openSyncWorld, type SyncWorld } from "@/tests/support/sync-world";
import { percentile } from "../percentile";
import { wholeOption } from "../whole-option";
import { type Filled, fill } from "./pages/fill";
import { fillHours } from "./pages/fill-hours";
import { fillItems } from "./pages/fill-items";

const rounds = 20;
const stepsAtMost = 40;

/**
 * What the server takes to read a page of activities, one of conflicts and one of decisions, with each filter and with two of them, and the overview with its charts, among
 * `--rows` activities and `--conflicts` open conflicts; and of the records of a transfer with `--rows` of them. Of activities the first pages of a filter are measured, and all
 * the looks back where it finds little. Last line: milliseconds, 95 of 100 below, as JSON.
 */
export async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      rows: { type: "string", default: "1000000" },
      conflicts: { type: "string", default: "10000" },
    },
  });
  const rows = wholeOption("rows", values.rows, 1000);
  const conflicts = wholeOption("conflicts", values.conflicts, 1);
  const server = await startTestServer();
  process.once("exit", server.kill);
  process.env.TEST_DATABASE_URL = server.url;
  try {
    const world = await openSyncWorld();
    const filled = await fill(world, { rows, conflicts });
    await fillHours(world);
    const p95Ms = {
      activity: await activityTimes(world, filled),
      conflicts: await conflictTimes(world, filled),
      decided: await decidedTimes(world, filled),
      overview: await overviewTimes(world),
      transfer: await itemTimes(world, await fillItems(world, rows)),
    };
    await world.close();
    console.log(`${cpus().length} processors, load average ${loadavg()[0]?.toFixed(1)}`);
    console.log(JSON.stringify({ rows, conflicts, p95Ms }));
  } finally {
    await server.stop();
  }
}

async function activityTimes({ ctx, integrationId }: SyncWorld, { prospectId, runId, userId }: Filled) {
  type Filter = NonNullable<Parameters<typeof readActivities>[0]["input"]["filter"]>;
  const day = (ago: number) => new Date(Date.now() - ago * 24 * 3_600_000).toISOString();
  const filters: Record<string, Filter> = {
    none: {},
    record: { prospectId },
    "a name": { search: "Last777" },
    "names of all": { search: "Last" },
    "no name": { search: "Nobody" },
    field: { field: { side: "hubspot", name: "field_4" } },
    "rare field": { field: { side: "hubspot", name: "rare" } },
    side: { side: "snov" },
    person: { userId },
    "another person": { userId: runId },
    "a user of HubSpot": { giverId: "7" },
    "nobody of HubSpot": { giverId: "501" },
    transfer: { runId },
    "came from HubSpot": { cause: "from_hubspot" },
    resolution: { cause: "resolution" },
    undo: { cause: "undo" },
    rule: { cause: "rule" },
    "a week of last year": { from: day(200), to: day(193) },
    "transfer and field": { runId, field: { side: "hubspot", name: "field_4" } },
    "person and field": { userId, field: { side: "snov", name: "field_9" } },
    "two that never meet": { userId, side: "hubspot", cause: "member" },
    "week and side": { from: day(200), to: day(193), side: "hubspot" },
  };
  return await each(filters, async (filter) => {
    const times: number[] = [];
    let after: Awaited<ReturnType<typeof readActivities>>["next"] = null;
    for (let step = 0; step < Math.max(rounds, stepsAtMost); step += 1) {
      const begun = performance.now();
      const page = await readActivities({ ctx, input: { integrationId, filter, after } });
      times.push(performance.now() - begun);
      after = page.next;
    }
    return times;
  });
}

async function conflictTimes({ ctx, integrationId, listId }: SyncWorld, { userId, mappingId }: Filled) {
  type Filter = NonNullable<Parameters<typeof readConflictsPage>[0]["input"]["filter"]>;
  const filters: Record<string, Filter> = {
    none: {},
    kind: { kind: "value" },
    field: { mappingId },
    list: { listId },
    name: { search: "Last77" },
    address: { search: "77@example" },
    "nobody's name": { search: "xyz" },
    member: { changedBy: userId },
    "member and field": { changedBy: userId, mappingId },
  };
  return await each(filters, (filter) =>
    again(() => readConflictsPage({ ctx, input: { integrationId, filter } })),
  );
}

async function decidedTimes({ ctx, integrationId }: SyncWorld, { userId, prospectId }: Filled) {
  const filters: Record<string, NonNullable<ReadDecidedInput["filter"]>> = {
    all: {},
    person: { userId },
    nobody: { userId: crypto.randomUUID() },
    record: { record: { side: "snov", recordId: prospectId } },
    name: { search: "Last77" },
    "nobody's name": { search: "xyz" },
  };
  return await each(filters, (filter) => again(() => readDecided({ ctx, input: { integrationId, filter } })));
}

async function itemTimes({ ctx }: SyncWorld, runId: string) {
  const filters: Record<string, Omit<ReadItemsInput, "runId">> = {
    all: {},
    created: { planned: "create" },
    "left out": { planned: "skip" },
    "what is replaced": { overwrites: "true" },
    "begin of a name": { search: "First77" },
    "begin of every name": { search: "First" },
    "an address": { search: "p77777@example.com" },
    "begin of a name, created": { planned: "create", search: "Last77" },
    "late in the names": { name: "First9 Last9", recordId: "9" },
  };
  return await each(filters, (filter) => again(() => readItems({ ctx, input: { runId, ...filter } })));
}

async function overviewTimes({ ctx, integrationId }: SyncWorld) {
  const charts = (range: ChartRange) => () =>
    readCharts({ ctx, input: { id: integrationId, range, timeZone: "America/Sao_Paulo" } });
  const reads: Record<string, () => Promise<unknown>> = {
    page: () => readOverview({ ctx, input: { id: integrationId } }),
    "24 hours": charts("day"),
    "7 days": charts("week"),
    "90 days": charts("quarter"),
    "statuses of an hour": () => saveStatusHour(ctx),
  };
  return await each(reads, again);
}

async function again(read: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const begun = performance.now();
    await read();
    times.push(performance.now() - begun);
  }
  return times;
}

async function each<F>(filters: Record<string, F>, measure: (filter: F) => Promise<number[]>) {
  const p95s: Record<string, number> = {};
  for (const [name, filter] of Object.entries(filters)) {
    const times = await measure(filter);
    p95s[name] = percentile(times, 0.95);
    console.log(`${name}: median ${percentile(times, 0.5)} ms, p95 ${p95s[name]} ms`);
  }
  return p95s;
}
