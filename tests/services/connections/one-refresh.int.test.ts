import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startWorld, type World } from "./connected-world";

let world: World;
const children: ChildProcess[] = [];
beforeAll(async () => {
  world = await startWorld();
});
afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
  await world.close();
});

// Verifies: R-11
test("two processes that need a new token at once cause exactly one refresh", async () => {
  const ctx = await world.newCtx();
  const { connection } = await world.read(await world.connect(ctx));
  world.sandbox.settings.change({ rotateRefreshTokens: true });
  const [first, second] = [startAsker(connection.id), startAsker(connection.id)];
  expect(await first.line()).toBe("ready");
  expect(await second.line()).toBe("ready");

  await world.expire(connection.id);
  world.sandbox.faults.set({ latencyMs: 300 });
  world.sandbox.counters.clear();
  first.go();
  second.go();
  const answers = [JSON.parse(await first.line()), JSON.parse(await second.line())];
  expect(answers[0]).toHaveLength(1);
  expect(answers[1]).toEqual(answers[0]);
  expect(world.sandbox.counters.read()["POST /oauth/2026-03/token"]).toEqual({
    requests: 1,
    statuses: { 200: 1 },
  });
  expect((await world.db.query.connections.findFirst())?.tokenVersion).toBe(connection.tokenVersion + 1);
});

function startAsker(connectionId: string) {
  const program = fileURLToPath(new URL("./ask-token-process.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", program, connectionId, "8"], {
    stdio: ["pipe", "pipe", "inherit"],
    env: process.env,
  });
  children.push(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    line: async () => String((await lines.next()).value),
    go: () => child.stdin.write("go\n"),
  };
}
