"use client";

import type { WizardStep } from "@/lib/wizard-flow";
import { ConstantsSection } from "./constants-section";
import { DataSection } from "./data-section";
import { DirectionSection } from "./direction-section";
import { MappingSection } from "./mapping-section";
import { ReviewSection } from "./review-section";
import type { SectionProps } from "./section";

const sections = {
  direction: DirectionSection,
  data: DataSection,
  mapping: MappingSection,
  constants: ConstantsSection,
  review: ReviewSection,
};

export function SectionOf({ step, ...props }: SectionProps & { step: WizardStep }) {
  const Section = sections[step];
  return <Section {...props} />;
}
