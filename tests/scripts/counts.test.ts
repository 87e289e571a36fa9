import { describe, expect, it } from "vitest";
import {
  closingLine,
  isGreen,
  playwrightCounts,
  sum,
  vitestCounts,
  withExitCode,
} from "@/scripts/test/counts";

const vitest = {
  success: true,
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [],
};

describe("the closing line", () => {
  it("sums both runners and names skipped tests only when there are some", () => {
    const stories = playwrightCounts({ stats: { expected: 2, unexpected: 1, flaky: 0, skipped: 0 } });
    expect(closingLine(sum([vitestCounts(vitest), stories]))).toBe("5 passed, 1 failed");
    expect(closingLine({ passed: 1, failed: 0, skipped: 2 })).toBe("1 passed, 0 failed, 2 skipped");
  });

  it("counts a file that could not be read as a failure", () => {
    const testResults = [{ status: "failed", assertionResults: [] }];
    expect(vitestCounts({ ...vitest, success: false, testResults }).failed).toBe(1);
  });

  it("counts a story that passed only when repeated as failed", () => {
    expect(playwrightCounts({ stats: { expected: 0, unexpected: 0, flaky: 1, skipped: 0 } }).failed).toBe(1);
  });

  it("counts a bad end without a failed test as a failure", () => {
    expect(withExitCode(vitestCounts(vitest), 1).failed).toBe(1);
    expect(withExitCode(vitestCounts(vitest), 0).failed).toBe(0);
  });

  it("is not green when nothing ran", () => {
    expect(isGreen({ passed: 0, failed: 0, skipped: 4 })).toBe(false);
    expect(isGreen({ passed: 1, failed: 0, skipped: 0 })).toBe(true);
  });
});
