// How a question about a field closes that its record's plan no longer has.
import { describe, expect, it } from "vitest";
import { closingsOf } from "@/services/sync/conflict-outcomes";
import type { PageContext } from "@/services/sync/page-context";
import type { RecordWork } from "@/services/sync/record-work";
import type { HeldReason } from "@/sync/record-plan";

const page = { planner: { mappings: [{ id: "tier" }] } } as unknown as PageContext;
const chosen = { mappingId: "tier", resolutionId: "act", resolution: { choice: { kind: "take" } } };

function closings(held: HeldReason | null, resolutions: object[] = [chosen]) {
  const plan = {
    kind: "pair",
    resolved: {},
    replaced: [],
    held: held ? [{ mappingId: "tier", reason: held, value: "bronze" }] : [],
  };
  const work = { plan, resolutions, prospect: { id: "p" }, contact: null, link: null, claimed: [] };
  return closingsOf(page, work as unknown as RecordWork, undefined, undefined);
}

describe("a choice whose field can be compared no more (Verifies: R-62)", () => {
  it("was stopped, with the reason, and did not heal", () => {
    const closed = closings("choice_not_mapped").filter(({ kind }) => kind === "value");
    expect(closed).toEqual([
      {
        side: "snov",
        record_id: "p",
        kind: "value",
        mapping_id: "tier",
        resolution_id: "act",
        outcome: "stopped",
        stop_reason: "choice_not_mapped",
      },
    ]);
  });

  it("is said of no other one", () => {
    expect(closings(null)).toEqual([]);
    expect(closings("choice_not_mapped", [])).toEqual([]);
  });
});
