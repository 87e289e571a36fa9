import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { openDatabase } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import {
  createSimulationFunctions,
  dropPlainIndexes,
  watchActs,
  watchPending,
  watchProspects,
} from "./database-functions";
import { currentProcess, inProcess, type Process, refuseDead } from "./process";

/**
 * The real database behind the real client, on one connection. Every statement and every edge of a transaction is
 * a point where the world may interfere; a process that died reaches it no more, and what it had open is rolled back.
 */
export async function openSimulatedDatabase(server: string) {
  const name = `simulation_${randomBytes(6).toString("hex")}`;
  await onServer(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  // What is in `public` comes before the built-in functions of the same name: `now()` tells simulated time.
  url.searchParams.set("search_path", "public,pg_catalog");
  url.searchParams.set("synchronous_commit", "off");
  // The tables are always small: a statement is planned once, as planning it takes longer than running it.
  url.searchParams.set("plan_cache_mode", "force_generic_plan");
  await onServer(url.href, createSimulationFunctions);
  await migrateDatabase(url.href);
  await onServer(url.href, `${watchProspects}\n${watchPending}\n${watchActs}\n${dropPlainIndexes}`);

  const { db, close } = openDatabase(url.href, { max: 1 });
  const client = db.$client;
  intercept(db, client);
  return {
    db,
    url: url.href,
    /** Past the points, for the world itself. */
    raw: (query: string, parameters: string[] = []) => client.unsafe(query, parameters),
    close: async () => {
      await close();
      await onServer(server, `drop database if exists ${name} with (force)`);
    },
  };
}
export type SimulatedDatabase = Awaited<ReturnType<typeof openSimulatedDatabase>>;

type Client = postgres.Sql;
type Session = { client: Pick<Client, "unsafe" | "begin"> & { options: unknown } };

// drizzle asks its session's client for exactly these two; its types keep the session to itself.
function intercept(db: object, client: Client): void {
  const { session } = db as { session: Session };
  session.client = {
    options: client.options,
    unsafe: ((query: string, parameters: never[]) => {
      const process = needProcess();
      return lazily((values) =>
        process.gate.run(() => runStatement(process, client, query, parameters, values)),
      );
    }) as unknown as Client["unsafe"],
    begin: ((act: (tx: unknown) => Promise<unknown>) => {
      const process = needProcess();
      return process.gate.run(() => runTransaction(process, client, act));
    }) as unknown as Client["begin"],
  };
}

async function runTransaction(
  process: Process,
  client: Client,
  act: (tx: unknown) => Promise<unknown>,
): Promise<unknown> {
  refuseDead(process);
  await process.at?.({ name: "tx:begin", kind: "sql", inTransaction: false });
  tellDatabase(process, client);
  process.inTransaction = true;
  const result = await client
    .begin((tx) =>
      inProcess(process, async () => {
        const made = await act(transactionClient(process, tx as unknown as Client));
        await process.at?.({ name: "tx:commit", kind: "sql", inTransaction: true });
        return made;
      }),
    )
    .finally(() => {
      process.inTransaction = false;
    });
  await process.at?.({ name: "tx:committed", kind: "sql", inTransaction: false });
  return result;
}

function transactionClient(process: Process, tx: Client): unknown {
  return {
    options: {},
    unsafe: (query: string, parameters: never[]) =>
      lazily((values) => runStatement(process, tx, query, parameters, values)),
    savepoint: (act: (inner: unknown) => Promise<unknown>) =>
      (tx as unknown as postgres.TransactionSql).savepoint((inner) =>
        act(transactionClient(process, inner as unknown as Client)),
      ),
  };
}

async function runStatement(
  process: Process,
  client: Client,
  query: string,
  parameters: never[],
  values: boolean,
): Promise<unknown> {
  refuseDead(process);
  await process.at?.({ name: nameOf(query), kind: "sql", inTransaction: process.inTransaction });
  if (!process.inTransaction) tellDatabase(process, client);
  const pending = client.unsafe(query, parameters, { prepare: true });
  return await (values ? pending.values() : pending);
}

let told = "";

/** The time and who acts, for `now()` and for the journal of prospects; sent ahead on the same connection. */
function tellDatabase(process: Process, client: Client): void {
  const setting = `set sim.now = '${new Date().toISOString()}'; set sim.actor = '${process.name}'`;
  if (setting === told) return;
  told = setting;
  client.unsafe(setting).catch(() => {
    told = "";
  });
}

/** drizzle awaits a query, or its `.values()`; it begins when it is awaited. */
function lazily(run: (values: boolean) => Promise<unknown>) {
  const start = (values: boolean) => {
    let started: Promise<unknown> | undefined;
    return {
      // biome-ignore lint/suspicious/noThenProperty: the driver's queries are thenables too
      then: (...given: Parameters<Promise<unknown>["then"]>) => {
        started ??= run(values);
        return started.then(...given);
      },
    };
  };
  return { ...start(false), values: () => start(true) };
}

/** `sql:update pending_records` */
function nameOf(query: string): string {
  const text = query.trim().replaceAll('"', "").replace(/\s+/g, " ");
  const verb = /^\w+/.exec(text)?.[0]?.toLowerCase() ?? "";
  const table =
    /^(?:insert into|update|delete from) (\w+)/i.exec(text)?.[1] ?? /\bfrom (\w+)/i.exec(text)?.[1] ?? "";
  return `sql:${verb} ${table}`.trim();
}

function needProcess(): Process {
  const process = currentProcess();
  if (!process) throw new Error("a statement came from nobody");
  return process;
}

async function onServer(url: string, script: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await sql.unsafe(script);
  } finally {
    await sql.end();
  }
}
