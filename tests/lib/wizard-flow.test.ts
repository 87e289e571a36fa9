import { describe, expect, it } from "vitest";
import {
  isWizardStep,
  mayOpen,
  reachedAfter,
  resumeAt,
  stepAfter,
  stepBefore,
  wizardSteps,
} from "@/lib/wizard-flow";

describe("the order of the wizard", () => {
  it("goes from the direction to the review and back over the same steps", () => {
    const forward = walk("direction", stepAfter);
    expect(forward).toEqual(["direction", "data", "mapping", "constants", "review"]);
    expect(walk("review", stepBefore)).toEqual([...forward].reverse());
  });

  it("opens every step up to the furthest one reached and none beyond it", () => {
    expect(wizardSteps.filter((step) => mayOpen(step, "mapping"))).toEqual(["direction", "data", "mapping"]);
    expect(wizardSteps.filter((step) => mayOpen(step, "direction"))).toEqual(["direction"]);
  });

  it("reaches the next step when one is done, and loses nothing when an earlier one is done again", () => {
    expect(reachedAfter("direction", "direction")).toBe("data");
    expect(reachedAfter("direction", "constants")).toBe("constants");
    expect(reachedAfter("constants", "constants")).toBe("review");
    expect(reachedAfter("review", "review")).toBe("review");
  });

  it("starts over where the saved step is not one of them", () => {
    expect(resumeAt("something old")).toBe("direction");
    expect(isWizardStep("connect")).toBe(false);
    expect(resumeAt("review")).toBe("review");
  });
});

function walk<T extends string>(from: T, next: (step: T) => T | null): T[] {
  const following = next(from);
  return following ? [from, ...walk(following, next)] : [from];
}
