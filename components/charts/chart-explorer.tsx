"use client";

import { type PointerEvent, type ReactNode, useState } from "react";
import classes from "./chart-figure.module.css";
import type { Measure, TimeLabel } from "./figure-parts";

type Props = {
  label: string;
  times: TimeLabel[];
  measures: Measure[];
  children: (active: number | null) => ReactNode;
};

/** Brings one column into view, by pointer, by touch or by the arrow keys, and says what it shows. */
export function ChartExplorer({ label, times, measures, children }: Props) {
  const last = times.length - 1;
  const [chosen, setChosen] = useState(last);
  const [shown, setShown] = useState(false);
  const at = Math.min(chosen, last);
  const words = measures.map((measure) => `${measure.label}: ${measure.values[at]}`).join(", ");
  const share = ((at + 0.5) / times.length) * 100;

  function point({ clientX, currentTarget }: PointerEvent<HTMLInputElement>) {
    const { left, width } = currentTarget.getBoundingClientRect();
    setChosen(Math.max(0, Math.min(last, Math.floor(((clientX - left) / width) * times.length))));
    setShown(true);
  }

  return (
    <div className={classes.explorer}>
      {children(shown ? at : null)}
      <input
        type="range"
        className={classes.range}
        min={0}
        max={last}
        value={at}
        aria-label={label}
        aria-valuetext={`${times[at]?.long}: ${words}`}
        onChange={({ currentTarget }) => setChosen(Number(currentTarget.value))}
        onFocus={() => setShown(true)}
        onBlur={() => setShown(false)}
        onPointerMove={point}
        onPointerDown={(event) => {
          event.preventDefault();
          event.currentTarget.focus({ preventScroll: true });
          point(event);
        }}
        onPointerLeave={({ currentTarget }) => setShown(currentTarget === document.activeElement)}
        onKeyDown={({ key }) => setShown(key !== "Escape")}
      />
      {shown ? (
        <div
          className={classes.note}
          aria-hidden
          style={{ left: `${share}%`, transform: `translate(-${share}%, -100%)` }}
        >
          <div className={classes.noteTime}>{times[at]?.long}</div>
          {measures.map((measure) => (
            <div key={measure.label} className={classes.noteRow}>
              {measure.tone ? <span className={classes.swatch} data-tone={measure.tone} /> : null}
              <span>{measure.label}</span>
              <span data-numeric>{measure.values[at]}</span>
            </div>
          ))}
        </div>
      ) : null}
    </div>
  );
}
