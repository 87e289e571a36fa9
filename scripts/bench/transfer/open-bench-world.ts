import { sql } from "drizzle-orm";
import { clientOf } from "@/tests/sandbox/test-sandbox";
import { openSyncWorld, type SyncWorld } from "@/tests/support/sync-world";
import { countRequests } from "../../count-requests";
import { startSandboxProcess } from "../sandbox-process/start-sandbox-process";

const MAX_CALLS = 110;
const MAX_SEARCHES = 5;
const NO_LIMIT = 1_000_000;

export type BenchWorld = SyncWorld & {
  /** Calls to the account's records since the last time. */
  countCalls(): Promise<number>;
};

/** A workspace with an active integration to a sandbox in a process of its own. `limited`: as a real account is. */
export async function openBenchWorld(folder: string, { limited }: { limited: boolean }): Promise<BenchWorld> {
  const { url, kill } = await startSandboxProcess(folder);
  const client = clientOf(url);
  const stop = async () => kill();
  const sandbox = { ...client, dataDir: folder, stop, close: stop };
  const world = await openSyncWorld({ sandbox, integration: { policy: "snov_wins" } });
  const limit = (rateLimitMax: number, searchesPerSecond: number) =>
    client.control("PATCH", "/settings", { rateLimitMax, searchesPerSecond });
  await (limited ? limit(MAX_CALLS, MAX_SEARCHES) : limit(NO_LIMIT, NO_LIMIT));
  return {
    ...world,
    async countCalls() {
      const calls = await countRequests(client, "/crm/objects/");
      await client.control("DELETE", "/counters");
      return calls;
    },
  };
}

/** Prospects without a partner, past the verbs: what a workspace has before it connects. */
export async function addProspects({ db, ctx }: Pick<SyncWorld, "db" | "ctx">, count: number): Promise<void> {
  await db.execute(sql`
    with made as (
      insert into prospects (workspace_id, first_name, last_name, job_title, company, city)
      select ${ctx.workspaceId}::uuid, 'First ' || n, 'Last', 'Title ' || n, 'Company ' || n % 500, 'City'
      from generate_series(1, ${count}::int) n returning id, substring(first_name from 7) as n)
    insert into prospect_emails (prospect_id, workspace_id, email, match_key, is_primary, position, live)
    select id, ${ctx.workspaceId}::uuid, 'p' || n || '@bench.example', 'p' || n || '@bench.example', true, 0, true from made`);
  await db.execute("analyze");
}

/** Their contacts, of the first `count`; every tenth has another job title. */
export async function addTheirContacts({ hubspot }: SyncWorld, count: number): Promise<void> {
  for (let first = 1; first <= count; first += 100) {
    const inputs = Array.from({ length: Math.min(100, count - first + 1) }, (_, at) => contact(first + at));
    const outcomes = await hubspot.contacts.create(inputs);
    if ([...outcomes.values()].some(({ ok }) => !ok)) throw new Error("a contact was not created");
  }
}

function contact(n: number) {
  return {
    trace: String(n),
    properties: {
      email: `p${n}@bench.example`,
      firstname: `First ${n}`,
      lastname: "Last",
      jobtitle: n % 10 === 0 ? "Another" : `Title ${n}`,
      company: `Company ${n % 500}`,
      city: "City",
    },
  };
}
