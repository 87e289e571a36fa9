// How long a preview is kept waiting before it ends: what is over is no part of it.
import { describe, expect, it } from "vitest";
import { previewEndsAt, waitingSince } from "@/lib/preview-wait";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const start = Date.parse("2026-11-29T08:00:00.000Z");
const at = (ms: number) => new Date(start + ms);

/** `toldMs`: for how long HubSpot asks to wait. */
function wait(faults: { afterMs: number; toldMs?: number }[]) {
  let now = 0;
  let before: Parameters<typeof waitingSince>[0] = null;
  for (const { afterMs, toldMs } of faults) {
    now += afterMs;
    const until = toldMs ? at(now + toldMs) : null;
    before = {
      since: waitingSince(before, until, at(now)).toISOString(),
      at: at(now).toISOString(),
      until: until?.toISOString() ?? null,
    };
  }
  if (!before) throw new Error("nothing has kept it waiting");
  return {
    since: Date.parse(before.since) - start,
    leftMs: previewEndsAt(before).getTime() - start - now,
  };
}

describe("the wait of a preview (Verifies: R-51)", () => {
  it("goes on from try to try", () => {
    const tries = Array.from({ length: 9 }, () => ({ afterMs: 3 * minuteMs }));
    expect(wait([{ afterMs: 0 }, ...tries])).toEqual({ since: 0, leftMs: 3 * minuteMs });
  });

  it("begins anew with an error that comes once a limit of the day is over", () => {
    expect(wait([{ afterMs: 0, toldMs: 10 * hourMs }, { afterMs: 10 * hourMs }])).toEqual({
      since: 10 * hourMs,
      leftMs: 30 * minuteMs,
    });
  });

  it("begins anew where nobody has tried for long, whatever was told", () => {
    for (const toldMs of [0, 5_000])
      expect(wait([{ afterMs: 0, toldMs }, { afterMs: 2 * hourMs }])).toMatchObject({ since: 2 * hourMs });
  });

  it("goes on where HubSpot asks to wait again, and where it had asked for a moment only", () => {
    expect(
      wait([
        { afterMs: 0, toldMs: 10 * hourMs },
        { afterMs: 10 * hourMs, toldMs: hourMs },
      ]),
    ).toEqual({
      since: 0,
      leftMs: 15 * hourMs,
    });
    expect(wait([{ afterMs: 0, toldMs: 5_000 }, { afterMs: minuteMs }])).toMatchObject({ since: 0 });
  });
});
