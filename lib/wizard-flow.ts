/** The wizard's steps between connecting and launching, in their order. */
export const wizardSteps = ["direction", "data", "mapping", "constants", "review"] as const;
export type WizardStep = (typeof wizardSteps)[number];

/**
 * What setting up consists of, as people count it: some of it takes two steps, and two parts come after launching.
 * Reviewing is where one launches, and is not counted.
 */
export const wizardParts = [
  { name: "connect", steps: [] },
  { name: "direction", steps: ["direction"] },
  { name: "data", steps: ["data", "mapping"] },
  { name: "constants", steps: ["constants"] },
  { name: "review", steps: ["review"] },
  { name: "transfer", steps: [] },
  { name: "conflicts", steps: [] },
] as const satisfies readonly { name: string; steps: readonly WizardStep[] }[];
export type WizardPart = (typeof wizardParts)[number]["name"];

export function partOf(step: WizardStep): WizardPart {
  const part = wizardParts.find(({ steps }) => steps.some((one) => one === step));
  if (!part) throw new Error(`no part of the wizard has the step ${step}`);
  return part.name;
}

/** The number that people see, and of how many; null for the review. */
export function numberOf(name: WizardPart): number | null {
  const counted = wizardParts.filter((part) => part.name !== "review");
  const at = counted.findIndex((part) => part.name === name);
  return at < 0 ? null : at + 1;
}

export function isWizardStep(text: string): text is WizardStep {
  return wizardSteps.some((step) => step === text);
}

export function stepBefore(step: WizardStep): WizardStep | null {
  return wizardSteps[wizardSteps.indexOf(step) - 1] ?? null;
}

export function stepAfter(step: WizardStep): WizardStep | null {
  return wizardSteps[wizardSteps.indexOf(step) + 1] ?? null;
}

/** Saved once the parts after launching were walked as well. */
export const setupFinished = "finished";

export function isSetupFinished(saved: string): boolean {
  return saved === setupFinished;
}

/** Where a person goes on: the furthest step they reached. An unknown text starts over, losing nothing. */
export function resumeAt(saved: string): WizardStep {
  return isWizardStep(saved) ? saved : "direction";
}

/** Every step up to the furthest one reached may be opened, in any order. */
export function mayOpen(step: WizardStep, saved: string): boolean {
  return wizardSteps.indexOf(step) <= wizardSteps.indexOf(resumeAt(saved));
}

/** The furthest step once `step` is done: going back never loses what was reached. */
export function reachedAfter(step: WizardStep, saved: string): WizardStep {
  const next = stepAfter(step) ?? step;
  return mayOpen(next, saved) ? resumeAt(saved) : next;
}
