import type { ReactNode } from "react";
import classes from "./counted-figure.module.css";
import { Count } from "./formatted";

/** One entry of a `dl` of figures: what is counted, how many there are, and what that means. */
export function CountedFigure({ badge, count, hint }: { badge: ReactNode; count: number; hint: string }) {
  return (
    <>
      <dt>{badge}</dt>
      <dd className={classes.count} data-zero={count === 0 || undefined}>
        <Count value={count} />
      </dd>
      <dd className={classes.hint}>{hint}</dd>
    </>
  );
}
