"use client";

import { NumberInput, SimpleGrid } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { defaultFuses, type FuseSettings, fuseBounds } from "@/sync/fuses";
import { Question } from "./question";

type Props = { limits: FuseSettings; onChange: (limits: FuseSettings) => void };
const shown = ["windowMinutes", "removals", "blankings", "overwrites", "bounces"] as const;

/** How much may be taken away before the integration stops and asks. */
export function FuseLimits({ limits, onChange }: Props) {
  const t = useTranslations("safety.limits");
  return (
    <Question title={t("title")} description={t("text")}>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md" verticalSpacing="md">
        {shown.map((key) => (
          <LimitInput
            key={key}
            of={key}
            value={limits[key]}
            onChange={(value) => onChange({ ...limits, [key]: value })}
          />
        ))}
      </SimpleGrid>
    </Question>
  );
}

type InputProps = { of: keyof FuseSettings; value: number; onChange: (value: number) => void };

/** Left empty it is the default again; what lies outside its bounds moves to the nearest one. */
function LimitInput({ of, value, onChange }: InputProps) {
  const t = useTranslations("safety.limits");
  const [emptied, setEmptied] = useState(false);
  const { min, max } = fuseBounds[of];
  return (
    <NumberInput
      label={t(`${of}.label`)}
      description={t(`${of}.text`, { usual: defaultFuses[of] })}
      inputWrapperOrder={["label", "input", "description", "error"]}
      min={min}
      max={max}
      step={of === "bounces" ? 1 : 5}
      maw={320}
      allowDecimal={false}
      allowNegative={false}
      clampBehavior="blur"
      placeholder={String(defaultFuses[of])}
      value={emptied ? "" : value}
      onChange={(entered) => {
        setEmptied(typeof entered !== "number");
        if (typeof entered === "number") onChange(entered);
      }}
      onBlur={() => {
        if (emptied) onChange(defaultFuses[of]);
        setEmptied(false);
      }}
    />
  );
}
