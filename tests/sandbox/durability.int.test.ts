import { type ChildProcess, spawn } from "node:child_process";
import { appendFileSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openStore } from "../../sandbox/hubspot/store/store";
import { APP, type BatchBody, type ContactBody, clientOf, REDIRECT, SCOPES } from "./test-sandbox";

// Processes and retries take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let dir: string;
let process_: ChildProcess | null = null;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "sandbox-"));
});
afterEach(async () => {
  await kill();
  rmSync(dir, { recursive: true, force: true });
});

async function start() {
  const child = spawn(process.execPath, ["--import", "tsx", "sandbox/hubspot/main.ts"], {
    env: {
      ...process.env,
      SANDBOX_PORT: "0",
      SANDBOX_DATA_DIR: dir,
      SANDBOX_CLIENT_ID: APP.clientId,
      SANDBOX_CLIENT_SECRET: APP.clientSecret,
      SANDBOX_APP_ID: String(APP.appId),
      SANDBOX_RATE_LIMIT: "off",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  process_ = child;
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /^sandbox ready (http:\/\/127\.0\.0\.1:\d+)$/.exec(line)?.[1];
    if (url) return clientOf(url);
  }
  throw new Error("The sandbox ended before it was ready");
}

async function kill() {
  const child = process_;
  process_ = null;
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await gone;
}

test("every acknowledged write survives kill -9 in the middle of writing", async () => {
  const before = await start();
  const tokens = await before.connect();
  const acknowledged: string[] = [];
  const writers = Array.from({ length: 8 }, async (_, writer) => {
    for (let at = 0; ; at++) {
      const email = `w${writer}.${at}@kill.example`;
      const answer = await before
        .raw<ContactBody>(
          "POST",
          "/crm/objects/2026-03/contacts",
          { properties: { email } },
          tokens.access_token,
        )
        .catch(() => null);
      if (answer?.status !== 201) return;
      acknowledged.push(email);
      if (acknowledged.length === 200) void kill();
    }
  });
  await Promise.all(writers);
  expect(acknowledged.length).toBeGreaterThanOrEqual(200);

  const after = await start();
  const found: string[] = [];
  for (let at = 0; at < acknowledged.length; at += 100) {
    const inputs = acknowledged.slice(at, at + 100).map((id) => ({ id }));
    const body = { inputs, idProperty: "email", properties: ["email"] };
    const answer = await after.raw<BatchBody>(
      "POST",
      "/crm/objects/2026-03/contacts/batch/read",
      body,
      tokens.access_token,
    );
    found.push(...answer.body.results.map(({ properties }) => properties.email ?? ""));
  }
  expect(found.sort()).toEqual(acknowledged.sort());
  const again = {
    ...after.app,
    grant_type: "refresh_token",
    refresh_token: tokens.refresh_token,
    redirect_uri: REDIRECT,
  };
  expect((await after.form("/oauth/2026-03/token", again)).body).toMatchObject({ scopes: SCOPES });
});

test("a second start with the same folder takes over from the first", async () => {
  const first = await start();
  const tokens = await first.connect();
  const older = process_;
  const gone = new Promise((resolve) => older?.once("exit", resolve));
  const second = await start();
  expect(await gone).toBe(0);
  const details = await second.raw("GET", "/account-info/2026-03/details", undefined, tokens.access_token);
  expect(details.status).toBe(200);
});

test("a torn last line is dropped, and writing goes on behind the last whole one", async () => {
  const first = openStore(dir);
  first.put("t", "a", 1);
  first.flush();
  await first.close();
  const journal = readdirSync(dir).find((name) => name.startsWith("journal"));
  appendFileSync(join(dir, journal ?? ""), '[["p","t","b",2]');
  const second = openStore(dir);
  expect([...second.table("t")]).toEqual([["a", 1]]);
  second.put("t", "c", 3);
  second.flush();
  await second.close();
  const third = openStore(dir);
  expect([...third.table("t")]).toEqual([
    ["a", 1],
    ["c", 3],
  ]);
  await third.close();
});

test("compaction keeps what was written before, meanwhile and after", async () => {
  const store = openStore(dir);
  for (let at = 0; at < 2000; at++) store.put("t", `k${at}`, at);
  store.flush();
  const compaction = store.compact();
  store.put("t", "k1", "meanwhile");
  store.remove("t", "k2");
  store.flush();
  await compaction;
  store.put("t", "after", true);
  await store.close();
  expect(readdirSync(dir).sort()).toEqual(["journal-00000002.jsonl", "snapshot-00000002.jsonl"]);
  const again = openStore(dir);
  const table = again.table("t");
  expect([table.size, table.get("k0"), table.get("k1"), table.has("k2"), table.get("after")]).toEqual([
    2000,
    0,
    "meanwhile",
    false,
    true,
  ]);
  await again.close();
});

test("a crash in the middle of a compaction loses nothing", async () => {
  const store = openStore(dir);
  store.put("t", "a", 1);
  store.flush();
  await store.close();
  // What a crash leaves: the next journal begun, the snapshot not yet renamed.
  appendFileSync(join(dir, "journal-00000002.jsonl"), '[["p","t","b",2]]\n');
  appendFileSync(join(dir, "snapshot-00000002.jsonl.tmp"), '[["p","t","a"');
  const again = openStore(dir);
  expect([...again.table("t")]).toEqual([
    ["a", 1],
    ["b", 2],
  ]);
  await again.close();
});
