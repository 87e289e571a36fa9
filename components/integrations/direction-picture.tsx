import type { Direction } from "@/sync/direction";
import classes from "./direction-section.module.css";

/** Both sides as cards, with an arrow for each way that changes travel. */
export function DirectionPicture({ direction }: { direction: Direction }) {
  const out = direction !== "to_snov";
  const back = direction !== "to_hubspot";
  return (
    <svg viewBox="0 0 184 72" className={classes.picture} aria-hidden="true">
      <RecordCard x={1} name="Snov.io" receives={back} />
      <RecordCard x={119} name="HubSpot" receives={out} />
      {out ? <path className={classes.arrow} d={arrow(back ? 26 : 36, 1)} /> : null}
      {back ? <path className={classes.arrow} d={arrow(out ? 46 : 36, -1)} /> : null}
    </svg>
  );
}

function RecordCard({ x, name, receives }: { x: number; name: string; receives: boolean }) {
  return (
    <g data-receives={receives || undefined} className={classes.record}>
      <rect x={x} y="6" width="64" height="60" rx="9" />
      <text x={x + 32} y="26" textAnchor="middle">
        {name}
      </text>
      <path d={`M${x + 14} 40h36M${x + 14} 51h24`} />
    </g>
  );
}

function arrow(y: number, way: 1 | -1): string {
  const [from, to] = way === 1 ? [75, 109] : [109, 75];
  return `M${from} ${y}H${to}M${to - way * 7} ${y - 6}l${way * 7} 6l${-way * 7} 6`;
}
