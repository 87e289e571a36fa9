/** The wizard's steps between connecting and launching, in their order. */
export const wizardSteps = ["direction", "data", "mapping", "constants", "review"] as const;
export type WizardStep = (typeof wizardSteps)[number];

export function isWizardStep(text: string): text is WizardStep {
  return wizardSteps.some((step) => step === text);
}

export function stepBefore(step: WizardStep): WizardStep | null {
  return wizardSteps[wizardSteps.indexOf(step) - 1] ?? null;
}

export function stepAfter(step: WizardStep): WizardStep | null {
  return wizardSteps[wizardSteps.indexOf(step) + 1] ?? null;
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
