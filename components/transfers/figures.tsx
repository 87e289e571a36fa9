import { Paper, VisuallyHidden } from "@mantine/core";
import { useId } from "react";
import { CountedFigure } from "@/components/ui/counted-figure";
import { StatusBadge, type Tone } from "@/components/ui/status-badge";
import classes from "./figures.module.css";

export type Figure = { key: string; label: string; count: number; hint: string; tone: Tone };

/** How many records came, or would come, to what. */
export function Figures({ title, figures }: { title: string; figures: Figure[] }) {
  const id = useId();
  return (
    <Paper withBorder component="section" aria-labelledby={id} className={classes.frame}>
      <VisuallyHidden>
        <h2 id={id}>{title}</h2>
      </VisuallyHidden>
      <dl className={classes.figures}>
        {figures.map(({ key, label, count, hint, tone }) => (
          <div key={key} className={classes.figure} data-figure={key}>
            <CountedFigure
              badge={<StatusBadge tone={count ? tone : "neutral"}>{label}</StatusBadge>}
              count={count}
              hint={hint}
            />
          </div>
        ))}
      </dl>
    </Paper>
  );
}
