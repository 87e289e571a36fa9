import { describe, expect, it } from "vitest";
import {
  isWizardStep,
  mayOpen,
  numberOf,
  partOf,
  reachedAfter,
  resumeAt,
  stepAfter,
  stepBefore,
  wizardParts,
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

describe("the parts that people see", () => {
  it("are six in their order, with the review, which is not counted, where one launches", () => {
    const numbered = wizardParts.map(({ name }) => [numberOf(name), name]);
    expect(numbered).toEqual([
      [1, "connect"],
      [2, "direction"],
      [3, "data"],
      [4, "constants"],
      [null, "review"],
      [5, "transfer"],
      [6, "conflicts"],
    ]);
  });

  it("hold every step once", () => {
    expect(wizardParts.flatMap(({ steps }) => [...steps])).toEqual([...wizardSteps]);
    expect(wizardSteps.map(partOf)).toEqual(["direction", "data", "data", "constants", "review"]);
  });
});
