"use client";

import { ConstantsSection } from "./constants-section";
import { DataSection } from "./data-section";
import { DirectionSection } from "./direction-section";
import { MappingSection } from "./mapping-section";
import { ReviewSection } from "./review-section";
import { SafetySection } from "./safety-section";
import type { SectionName, SectionProps } from "./section";

const sections = {
  direction: DirectionSection,
  data: DataSection,
  mapping: MappingSection,
  constants: ConstantsSection,
  review: ReviewSection,
  safety: SafetySection,
};

export function SectionOf({ step, ...props }: SectionProps & { step: SectionName }) {
  const Section = sections[step];
  return <Section {...props} />;
}
