import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { LONGEST_TOKEN_CALL_MS, LONGEST_TOKEN_WAIT_MS } from "@/connectors/hubspot/oauth";
import { LONGEST_CALL_MS, LONGEST_WAIT_MS } from "@/connectors/hubspot/rate-budget";
import { LONGEST_REQUEST_MS, openTransport, type TransportOptions } from "@/connectors/hubspot/transport";
import { startToldServer } from "./told-server";

/**
 * One request of the connector has one end, whatever it waits for: somebody else's new token, its turn, its call, and
 * all of it once more. After its end nothing of it reaches HubSpot.
 */
let server: Awaited<ReturnType<typeof startToldServer>>;
beforeAll(async () => {
  server = await startToldServer();
});
afterAll(() => server.close());

let time: number;
let timers: { at: number; run: () => void }[];
beforeEach(() => {
  time = 0;
  timers = [];
});

const timer = {
  now: () => time,
  after: (ms: number, run: () => void) => {
    const own = { at: time + ms, run };
    timers.push(own);
    return () => {
      timers = timers.filter((other) => other !== own);
    };
  },
};

function pass(ms: number): void {
  time += ms;
  const due = timers.filter(({ at }) => at <= time).sort((a, b) => a.at - b.at);
  timers = timers.filter(({ at }) => at > time);
  for (const { run } of due) run();
}

/** Comes when the test says so. */
function held<T>() {
  let give: (value: T) => void = () => {};
  const promise = new Promise<T>((resolve) => {
    give = resolve;
  });
  const ask = vi.fn(() => promise);
  return {
    ask,
    give: (value: T) => give(value),
    isAsked: () => vi.waitFor(() => expect(ask).toHaveBeenCalled(), 60_000),
  };
}

function ask(options: Partial<TransportOptions>) {
  const send = openTransport({
    accessToken: async () => "token",
    budget: { take: async () => () => {}, pause: async () => {} },
    timer,
    ...options,
  });
  const answer = send({ method: "POST", url: `${server.url}/crm/v3/objects/contacts` });
  const outcome = answer.then(
    ({ status }) => status,
    (error: unknown) => error,
  );
  return outcome;
}

const outOfTime = { kind: "transient", message: expect.stringContaining("no time is left") };

test("a request that waits for somebody else's token ends with its time, and sends nothing with a token that comes later", async () => {
  server.tell({ status: 200 });
  const token = held<string>();
  const outcome = ask({ accessToken: token.ask });
  pass(LONGEST_REQUEST_MS);
  expect(await outcome).toMatchObject(outOfTime);
  token.give("late");
  await new Promise(setImmediate);
  expect(server.calls).toEqual([]);
});

test("a turn that comes after the request's time is given back unused", async () => {
  server.tell({ status: 200 });
  const turn = held<() => void>();
  const release = vi.fn();
  const outcome = ask({ budget: { take: turn.ask, pause: async () => {} } });
  await turn.isAsked();
  pass(LONGEST_REQUEST_MS);
  expect(await outcome).toMatchObject(outOfTime);
  turn.give(release);
  await vi.waitFor(() => expect(release).toHaveBeenCalledOnce(), 60_000);
  expect(server.calls).toEqual([]);
});

test("a call that began late is cut off with the request's time, before its own is over", async () => {
  server.tell("silence");
  const token = held<string>();
  const outcome = ask({ accessToken: token.ask });
  pass(LONGEST_REQUEST_MS - 1000);
  token.give("token");
  await vi.waitFor(() => expect(server.calls).toHaveLength(1), 60_000);
  pass(1000);
  expect(await outcome).toMatchObject({ kind: "transient" });
});

test("the second try with a new token has no time of its own", async () => {
  server.tell({ status: 401 });
  const renewed = held<void>();
  const outcome = ask({ onUnauthorized: renewed.ask });
  await renewed.isAsked();
  pass(LONGEST_REQUEST_MS);
  expect(await outcome).toMatchObject(outOfTime);
  renewed.give();
  await new Promise(setImmediate);
  expect(server.calls).toHaveLength(1);
});

test("what a second refusal tells has no time of its own either", async () => {
  server.tell({ status: 401 });
  const noted = held<void>();
  const onUnauthorized = vi.fn(({ again }: { again: boolean }) => (again ? noted.ask() : Promise.resolve()));
  const outcome = ask({ onUnauthorized });
  await noted.isAsked();
  pass(LONGEST_REQUEST_MS);
  expect(await outcome).toMatchObject(outOfTime);
  expect(onUnauthorized.mock.calls.map(([{ again }]) => again)).toEqual([false, true]);
});

test("a permission that is wanting is told of, also where only the second try finds it out", async () => {
  const refusal = { status: 403, body: { category: "MISSING_SCOPES" } };
  for (const replies of [[refusal], [{ status: 401 }, refusal]]) {
    server.tell(...replies);
    const onMissingScopes = vi.fn(async () => {});
    const outcome = await ask({ onUnauthorized: async () => {}, onMissingScopes });
    expect(outcome).toMatchObject({ kind: "forbidden", category: "MISSING_SCOPES" });
    expect(onMissingScopes.mock.calls).toEqual([[outcome]]);
    expect(server.calls).toHaveLength(replies.length);
  }
});

test("a process that stood still for longer sends nothing when it goes on, though its timers have not run yet", async () => {
  server.tell({ status: 200 });
  const token = held<string>();
  const outcome = ask({ accessToken: token.ask });
  time += LONGEST_REQUEST_MS;
  token.give("token");
  expect(await outcome).toMatchObject(outOfTime);
  expect(server.calls).toEqual([]);
});

test("the slowest of all that may go well has time enough: a dead process' token, renewed here, a turn and a call", async () => {
  server.tell({ status: 200 });
  const token = held<string>();
  const turn = held<() => void>();
  const outcome = ask({ accessToken: token.ask, budget: { take: turn.ask, pause: async () => {} } });
  pass(LONGEST_TOKEN_WAIT_MS + LONGEST_TOKEN_CALL_MS);
  token.give("token");
  await turn.isAsked();
  pass(LONGEST_WAIT_MS);
  turn.give(() => {});
  pass(LONGEST_CALL_MS - 1);
  expect(await outcome).toBe(200);
  expect(timers).toEqual([]);
});
