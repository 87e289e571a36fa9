import type { Call } from "@/sandbox/hubspot/http/exchange";
import type { Rendered } from "@/sandbox/hubspot/http/reply";
import { APP } from "../../sandbox/test-sandbox";
import { setTestEnvironment } from "../../support/test-environment";
import { type Lasting, prepareDatabase } from "../prepare";
import { settingsOf } from "../settings";
import { troublesOf } from "../troubles";
import { openWorld, type World } from "../world";
import { clock } from "./clock";
import { openSimulatedDatabase, type SimulatedDatabase } from "./database";
import { putNetwork } from "./network";
import { inProcess, newProcess } from "./process";
import { randomOf } from "./random";

/** What runs one after another use: a database, a network, an environment. */
export type Machine = {
  database: SimulatedDatabase;
  lasting: Lasting;
  world: World | null;
  close: () => Promise<void>;
};

export async function openMachine(server: string): Promise<Machine> {
  const database = await openSimulatedDatabase(server);
  process.env.LOG_LEVEL = "error";
  setTestEnvironment({ databaseUrl: database.url, hubspotUrl: "http://hubspot.sim", ...APP });
  const blank = openWorld(0, settingsOf(randomOf(0)), database);
  const lasting = await inProcess(newProcess("world"), () => prepareDatabase(database, blank));
  const machine: Machine = {
    database,
    lasting,
    world: null,
    close: async () => {
      putNetwork(null);
      await database.close();
    },
  };
  const world = () => {
    if (!machine.world) throw new Error("no run is on");
    return machine.world;
  };
  const troubles = new WeakMap<World, ReturnType<typeof troublesOf>>();
  putNetwork({
    sandbox: () => world().sandbox,
    insideTransaction: (call) =>
      world().violations.push({
        invariant: "No remote call is made inside a transaction",
        what: call,
      }),
    troubleFor: (process, call) => {
      const current = world();
      const known = troubles.get(current) ?? troublesOf(current);
      troubles.set(current, known);
      return known(process, call);
    },
    applied: (process, call, reply) => {
      world().answeredAt.push(clock.now ?? 0);
      if (call.method === "GET" || /\/(read|search)(\?|$)/.test(call.url)) return;
      const current = world();
      const known = current.contacts.changes.length;
      current.contacts.note("app");
      for (const { kind, contactId, properties } of current.contacts.changes.slice(known))
        if (kind === "created")
          current.creations.push({ created: contactId, call: traceOf(call, properties.email?.is) });
      const taken = takenOf(call, reply);
      current.calls.push({ by: process.name, call, status: reply.status, taken: taken.length });
      const changes = current.contacts.changes.slice(known);
      for (const { id, properties } of taken) {
        const contactId = current.account.contacts.get(id)?.id ?? id;
        for (const [property, value] of Object.entries(properties))
          if (!changes.some((change) => change.contactId === contactId && property in change.properties))
            current.idleWrites.push({ at: clock.now ?? 0, contactId, property, value });
      }
    },
  });
  return machine;
}

/** What HubSpot took of an update: of a batch those that it names in its answer. */
function takenOf({ url, body }: Call, { status, content }: Rendered): Input[] {
  if (!url.endsWith("/batch/update") || status >= 300) return [];
  const { inputs }: { inputs: Input[] } = JSON.parse(body ?? "{}");
  const { results }: { results: { id: string }[] } = JSON.parse(content ?? "{}");
  return inputs.filter(({ id }) => results.some((result) => result.id === id));
}
type Input = { id: string; properties: Record<string, string> };

/** The prospect for which a contact was created: a batch names it with each input. */
function traceOf({ body }: Call, email: string | undefined): string {
  const { inputs }: { inputs?: { objectWriteTraceId: string; properties: { email?: string } }[] } =
    JSON.parse(body ?? "{}");
  const input = inputs?.find(({ properties }) => properties.email?.toLowerCase() === email);
  return input?.objectWriteTraceId ?? `somebody with ${email}`;
}
