import Link from "next/link";
import type { ReactNode } from "react";
import classes from "./counted-figure.module.css";
import { Count } from "./formatted";

type Props = {
  badge: ReactNode;
  count: number;
  hint: string;
  /** Where those counted are shown. */
  href?: string;
};

/** One entry of a `dl` of figures: what is counted, how many there are, and what that means. */
export function CountedFigure({ badge, count, hint, href }: Props) {
  const figure = <Count value={count} />;
  return (
    <>
      <dt>{href ? <Link href={href}>{badge}</Link> : badge}</dt>
      <dd className={classes.count} data-zero={count === 0 || undefined}>
        {figure}
      </dd>
      <dd className={classes.hint}>{hint}</dd>
    </>
  );
}
