import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Counts } from "../counts";
import { checkRecordings, isInOrder } from "./check-recordings";
import { openContract } from "./open-contract";
import { reportLines } from "./print-report";

export type ContractCheck = {
  /** What the tests' programs have to be given for the sandboxes to record. */
  env: Record<string, string>;
  /** Reads what was recorded, says what it found, and tells how many faults it counts as. */
  finish(whole: boolean): Counts;
  remove(): void;
};

/** Holds the whole traffic of a test run against HubSpot's own description, where a folder with it is named. */
export async function startContractCheck(folder: string | undefined): Promise<ContractCheck> {
  if (!folder)
    return {
      env: {},
      finish: () => {
        console.log("\nThe HubSpot contract was not checked: HUBSPOT_CONTRACT_DIR names no folder.");
        return { passed: 0, failed: 0, skipped: 0 };
      },
      remove: () => {},
    };
  const contract = await openContract(folder);
  const recordings = mkdtempSync(join(tmpdir(), "hubspot-recordings-"));
  return {
    env: { SANDBOX_RECORDING_DIR: recordings },
    finish(whole) {
      const report = checkRecordings(recordings, contract);
      console.log(`\n${reportLines(report, whole).join("\n")}`);
      const silent = whole && report.ours.length === 0;
      if (silent) console.log("  ✗ nothing was recorded, although every test ran");
      const { violations, undescribed, uncovered } = report;
      const faults = violations.length + undescribed.length + (whole ? uncovered.length : 0);
      const failed = silent ? 1 : isInOrder(report, whole) ? 0 : Math.max(1, faults);
      return { passed: 0, failed, skipped: 0 };
    },
    remove: () => rmSync(recordings, { recursive: true, force: true }),
  };
}
