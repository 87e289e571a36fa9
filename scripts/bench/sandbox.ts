import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../bootstrap/root.mjs";
import { brokenPromises } from "./sandbox/promises";

const ACCOUNT = 24_000_001;
const app = { client_id: "sandbox-client-id", client_secret: "sandbox-client-secret" };
const contacts = "/crm/objects/2026-03/contacts";

/**
 * A large account in the sandbox, over HTTP: how long it takes to load, what it weighs, and how long a
 * batch read of 100 and a search for a page of 200 take. Last line: the figures as JSON. It fails where it weighs
 * 500 MB or one batch read of twenty takes 20 ms.
 */
export async function main(args: string[]): Promise<void> {
  const wanted = Number(args[args.indexOf("--contacts") + 1]) || 100_000;
  const dataDir = mkdtempSync(join(tmpdir(), "sandbox-bench-"));
  const sandbox = await start(dataDir);
  try {
    const begun = performance.now();
    const { contacts: loaded } = await sandbox.control<{ contacts: number }>(
      "POST",
      `/accounts/${ACCOUNT}/contacts/load`,
      { count: wanted },
    );
    const loadSeconds = (performance.now() - begun) / 1000;
    const token = await connect(sandbox.url);
    const ids = await someIds(sandbox.url, token);
    const batchReadP95Ms = await p95(300, (turn) => batchRead(sandbox.url, token, ids, turn));
    const searchP95Ms = await p95(40, (turn) => search(sandbox.url, token, ids, turn));
    const figures = {
      contacts: loaded,
      rssMb: Math.round(residentMb(sandbox.process)),
      batchReadP95Ms: tenths(batchReadP95Ms),
      searchP95Ms: tenths(searchP95Ms),
      loadSeconds: tenths(loadSeconds),
    };
    console.log(`${cpus().length} processors, load average ${loadavg()[0]?.toFixed(1)}`);
    const broken = brokenPromises(figures);
    for (const promise of broken) console.log(`✗ ${promise}`);
    if (broken.length) process.exitCode = 1;
    console.log(JSON.stringify(figures));
  } finally {
    await sandbox.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function start(dataDir: string) {
  const child = spawn(process.execPath, ["--import", "tsx", join(root, "sandbox", "hubspot", "main.ts")], {
    cwd: root,
    env: {
      ...process.env,
      NODE_ENV: "production",
      SANDBOX_PORT: "0",
      SANDBOX_DATA_DIR: dataDir,
      SANDBOX_SEED: "empty",
      SANDBOX_RATE_LIMIT: "off",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await readyAt(child);
  return {
    url,
    process: child,
    control: <T>(method: string, path: string, body: object) =>
      json<T>(`${url}/sandbox/api${path}`, { method, body: JSON.stringify(body) }),
    stop: () =>
      new Promise<void>((resolve) => {
        child.once("exit", () => resolve());
        child.kill("SIGTERM");
      }),
  };
}

function readyAt(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    child.once("exit", () => reject(new Error("the sandbox ended before it was ready")));
    child.stdout?.on("data", (chunk) => {
      text += chunk;
      const url = /sandbox ready (\S+)/.exec(text)?.[1];
      if (url) resolve(url);
    });
  });
}

async function connect(url: string): Promise<string> {
  const redirect_uri = "http://127.0.0.1:9/callback";
  const consent = await fetch(`${url}/oauth/${ACCOUNT}/authorize`, {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({
      client_id: app.client_id,
      redirect_uri,
      scope: "oauth crm.objects.contacts.read",
      decision: "connect",
    }),
  });
  const code = new URL(consent.headers.get("location") ?? "").searchParams.get("code") ?? "";
  const answer = await fetch(`${url}/oauth/2026-03/token`, {
    method: "POST",
    body: new URLSearchParams({ ...app, redirect_uri, code, grant_type: "authorization_code" }),
  });
  const body: { access_token: string } = await answer.json();
  return body.access_token;
}

async function someIds(url: string, token: string): Promise<string[]> {
  const ids: string[] = [];
  let after = "";
  while (ids.length < 10_000) {
    const page = await json<{ results: { id: string }[]; paging?: { next: { after: string } } }>(
      `${url}${contacts}?limit=100${after}`,
      { method: "GET" },
      token,
    );
    ids.push(...page.results.map(({ id }) => id));
    if (!page.paging) break;
    after = `&after=${page.paging.next.after}`;
  }
  return ids;
}

async function batchRead(url: string, token: string, ids: string[], turn: number): Promise<void> {
  const inputs = Array.from({ length: 100 }, (_, at) => ({ id: ids[(turn * 7919 + at * 97) % ids.length] }));
  const properties = ["email", "firstname", "lastname", "company", "jobtitle", "phone", "lifecyclestage"];
  const body = JSON.stringify({ inputs, properties, propertiesWithHistory: [] });
  await json(`${url}${contacts}/batch/read`, { method: "POST", body }, token);
}

/** As an app that walks what changed: everything after an id, in order, 200 at a time. */
async function search(url: string, token: string, ids: string[], turn: number): Promise<void> {
  const value = ids[(turn * 211) % ids.length];
  const body = JSON.stringify({
    filterGroups: [{ filters: [{ propertyName: "hs_object_id", operator: "GT", value }] }],
    sorts: [{ propertyName: "hs_object_id", direction: "ASCENDING" }],
    properties: ["email"],
    limit: 200,
  });
  await json(`${url}${contacts}/search`, { method: "POST", body }, token);
}

async function p95(turns: number, run: (turn: number) => Promise<void>): Promise<number> {
  const taken: number[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    const begun = performance.now();
    await run(turn);
    taken.push(performance.now() - begun);
  }
  taken.sort((a, b) => a - b);
  return taken[Math.ceil(turns * 0.95) - 1] ?? 0;
}

async function json<T>(url: string, init: RequestInit, token?: string): Promise<T> {
  const headers = {
    "content-type": "application/json",
    ...(token ? { authorization: `Bearer ${token}` } : {}),
  };
  const answer = await fetch(url, { ...init, headers });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}

function residentMb({ pid }: ChildProcess): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}
