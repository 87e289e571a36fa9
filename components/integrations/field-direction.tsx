"use client";

import { SegmentedControl, Text, VisuallyHidden } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { Direction } from "@/sync/direction";
import { DirectionIcon } from "./direction-icon";
import classes from "./mapping-section.module.css";

type Props = {
  /** Names the group, as "Direction of Job title". */
  label: string;
  value: Direction;
  /** What the sync type and the property leave to choose. */
  allowed: Direction[];
  onChange: (direction: Direction) => void;
};

/** Which way one field travels; plain words where there is nothing to choose. */
export function FieldDirection({ label, value, allowed, onChange }: Props) {
  const t = useTranslations("mapping.directions");
  if (allowed.length < 2) return <FixedDirection value={allowed[0] ?? value} />;
  return (
    <SegmentedControl
      size="xs"
      withItemsBorders={false}
      classNames={{ root: classes.directions, label: classes.direction }}
      aria-label={label}
      value={value}
      onChange={(chosen) => onChange(chosen as Direction)}
      data={shown
        .filter((direction) => allowed.includes(direction))
        .map((direction) => ({
          value: direction,
          label: (
            <span title={t(direction)} className={classes.arrow}>
              <DirectionIcon direction={direction} />
              <VisuallyHidden>{t(direction)}</VisuallyHidden>
            </span>
          ),
        }))}
    />
  );
}

export function FixedDirection({ value }: { value: Direction }) {
  const t = useTranslations("mapping.directions");
  return (
    <Text span size="xs" c="dimmed" className={classes.fixed}>
      <DirectionIcon direction={value} />
      {t(value)}
    </Text>
  );
}

const shown: Direction[] = ["to_snov", "both", "to_hubspot"];
