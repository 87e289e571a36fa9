import { expect, it } from "vitest";
import { answersOf } from "@/scripts/bench/budget/answers";
import { brokenPromises as brokenBudget } from "@/scripts/bench/budget/promises";
import { resolutionFigures } from "@/scripts/bench/resolutions/figures";
import { brokenPromises as brokenSandbox } from "@/scripts/bench/sandbox/promises";
import { againstLimit, againstPlain, againstUndisturbed } from "@/scripts/bench/transfer/figures";
import { brokenPromises as brokenTransfer } from "@/scripts/bench/transfer/promises";
import { mixedPosts } from "@/scripts/bench/webhooks/posts";
import { brokenPromises } from "@/scripts/bench/webhooks/promises";
import { percentile } from "@/scripts/percentile";

it("the bench of webhooks fails where an event is lost or one answer of a hundred takes 100 ms", () => {
  const kept = { events: 1000, lost: 0, p99Ms: 99 };
  expect(brokenPromises(kept)).toEqual([]);
  expect(brokenPromises({ ...kept, p99Ms: 100 })).toHaveLength(1);
  expect(brokenPromises({ ...kept, lost: 1 })).toHaveLength(1);
  expect(brokenPromises({ events: 0, lost: 0, p99Ms: Number.NaN })).toHaveLength(2);
});

it("the bench of the budget fails where a call is refused, the limit is left unused or a live call waits", () => {
  const kept = { answers429: 0, budgetShare: 0.95, liveP95Ms: 2999 };
  expect(brokenBudget(kept)).toEqual([]);
  expect(brokenBudget({ ...kept, answers429: 1 })).toHaveLength(1);
  expect(brokenBudget({ ...kept, budgetShare: 0.949 })).toHaveLength(1);
  expect(brokenBudget({ ...kept, liveP95Ms: 3000 })).toHaveLength(1);
  expect(brokenBudget({ answers429: 0, budgetShare: Number.NaN, liveP95Ms: Number.NaN })).toHaveLength(2);
});

it("the bench of transfers fails where records need more calls than promised or the limit is left unused", () => {
  const kept = { case: "out", callsPer100: 2.1, limitShare: 0.95 } as const;
  expect(brokenTransfer(kept)).toEqual([]);
  expect(brokenTransfer({ ...kept, case: "in" })).toHaveLength(1);
  expect(brokenTransfer({ ...kept, limitShare: 0.949 })).toHaveLength(1);
  expect(brokenTransfer({ ...kept, callsPer100: Number.NaN, limitShare: Number.NaN })).toHaveLength(2);
});

it("the bench of the budget counts as used what was done under the account's limit, and nothing else", () => {
  const contacts = "/crm/objects/2026-03/contacts";
  const requests = {
    [`POST ${contacts}/batch/read`]: { statuses: { 200: 5, 207: 2, 400: 1, 401: 3, 503: 1 } },
    [`POST ${contacts}/batch/update`]: { statuses: { 200: 4, 429: 2 } },
    [`POST ${contacts}/search`]: { statuses: { 200: 30 } },
    "POST /oauth/2026-03/token": { statuses: { 200: 9 } },
    fault: { statuses: { 502: 6 } },
  };
  expect(answersOf(requests)).toEqual({ used: 11, refused: 2, failed: 11 });
});

it("the bench of webhooks sends a thousand events in so many posts that the slowest hundredth is not the slowest one", () => {
  const posts = mixedPosts();
  expect(posts.reduce((sum, events) => sum + events, 0)).toBe(1000);
  const taken = posts.map((_, at) => at);
  expect(percentile(taken, 0.99)).toBeLessThan(posts.length - 2);
});

it("the bench of the sandbox fails where 100,000 contacts weigh 500 MB or one batch read of twenty takes 20 ms", () => {
  const kept = { rssMb: 499, batchReadP95Ms: 19.9 };
  expect(brokenSandbox(kept)).toEqual([]);
  expect(brokenSandbox({ ...kept, rssMb: 500 })).toHaveLength(1);
  expect(brokenSandbox({ ...kept, batchReadP95Ms: 20 })).toEqual([expect.stringContaining("busy machine")]);
  expect(brokenSandbox({ rssMb: Number.NaN, batchReadP95Ms: Number.NaN })).toHaveLength(2);
});

const taken = { records: 11_000, calls: 220, seconds: 25 };

it("the bench of transfers counts calls by the records that had a turn, and by all with what the preview called for", () => {
  expect(againstLimit(taken, { calls: 200, records: 20_000 })).toEqual({
    apiCalls: 220,
    callsPer100: 2,
    callsPer100OfAll: 2.1,
    seconds: 25,
    idealSeconds: 20,
    limitShare: 0.8,
  });
});

it("the bench of transfers tells speed, memory and the database's time beside a plain loop", () => {
  expect(againstPlain(taken, { peakMb: 150, databaseMs: 4_230 }, 110)).toEqual({
    recordsPerSecond: 440,
    peakMb: 150,
    databaseSeconds: 4.2,
    plainPerSecond: 110,
    timesPlain: 4,
  });
});

const ended = {
  state: "finished",
  done: { created: 400, updated: 40 },
  kills: 0,
  contacts: 800,
  prospects: 800,
  links: 800,
  activities: 440,
};

it("the bench of transfers calls a killed run the same only where all that is counted is equal", () => {
  expect(againstUndisturbed({ ...ended, kills: 10 }, ended)).toEqual({
    kills: 10,
    same: true,
    duplicates: 0,
    lost: 0,
  });
  expect(againstUndisturbed({ ...ended, contacts: 802, prospects: 801 }, ended)).toMatchObject({
    same: false,
    duplicates: 3,
  });
  expect(againstUndisturbed({ ...ended, links: 795 }, ended)).toMatchObject({ same: false, lost: 5 });
  expect(againstUndisturbed({ ...ended, done: { created: 439, failed: 1 } }, ended)).toMatchObject({
    same: false,
  });
});

it("the bench of resolutions tells each way to choose by itself, and how near to the account's limit a thousand at once came", () => {
  const decided = { takeSnov: [900, 1000], takeHubspot: [100, 200], typed: [1100, 1200] };
  expect(resolutionFigures(decided, { resolved: 1000, calls: 44, seconds: 5 })).toEqual({
    single: 6,
    p50Ms: 900,
    p95Ms: 1200,
    ways: {
      takeSnov: { p50Ms: 900, p95Ms: 1000 },
      takeHubspot: { p50Ms: 100, p95Ms: 200 },
      typed: { p50Ms: 1100, p95Ms: 1200 },
    },
    bulk: 1000,
    bulkSeconds: 5,
    bulkCalls: 44,
    idealSeconds: 4,
    limitShare: 0.8,
  });
});
