import { expect, it } from "vitest";
import { againstLimit, againstPlain } from "@/scripts/bench/transfer/figures";

const taken = { records: 11_000, calls: 220, seconds: 25 };

it("the bench of transfers counts calls by the records that had a turn", () => {
  expect(againstLimit(taken)).toEqual({
    apiCalls: 220,
    callsPer100: 2,
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
