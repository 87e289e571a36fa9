import { Badge } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./status-badge.module.css";

export type Tone = "positive" | "attention" | "critical" | "info" | "neutral";

/** The one component that colours statuses. The words say it too; colour only helps. */
export function StatusBadge({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <Badge
      data-tone={tone}
      variant="transparent"
      classNames={{ root: classes.badge, label: classes.label }}
      leftSection={<span className={classes.dot} aria-hidden />}
    >
      {children}
    </Badge>
  );
}
