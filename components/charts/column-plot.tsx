import classes from "./chart-figure.module.css";
import type { Panel } from "./figure-parts";

type Props = { panel: Panel; active: number | null; height: "tall" | "middle" | "low" };

/** The drawing alone; what it shows is said by the explorer and the table. */
export function ColumnPlot({ panel: { columns, tones, top }, active, height: size }: Props) {
  const width = 100 / columns.length;
  const gap = columns.length > 40 ? 0.15 : 0.22;
  return (
    <svg className={classes.plot} data-height={size} aria-hidden="true" focusable="false">
      <line x1="0" x2="100%" y1="0" y2="0" className={classes.grid} />
      <line x1="0" x2="100%" y1="50%" y2="50%" className={classes.grid} />
      <line x1="0" x2="100%" y1="100%" y2="100%" className={classes.base} />
      {columns.map((column, at) => {
        const x = `${at * width + (width * gap) / 2}%`;
        const across = `${width * (1 - gap)}%`;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place on the axis
          <g key={at}>
            {at === active ? (
              <rect x={`${at * width}%`} y="0" width={`${width}%`} height="100%" className={classes.band} />
            ) : null}
            {column ? <rect x={x} y="98%" width={across} height="2%" className={classes.stub} /> : null}
            {stacked(column ?? [], top).map(({ from, height }, index) =>
              height ? (
                <rect
                  key={tones[index]}
                  x={x}
                  y={`${100 - from - height}%`}
                  width={across}
                  height={`${height}%`}
                  className={classes.column}
                  data-tone={tones[index]}
                />
              ) : null,
            )}
          </g>
        );
      })}
    </svg>
  );
}

/** In percent of the height. What is there is seen, however small. */
function stacked(column: number[], top: number): { from: number; height: number }[] {
  let from = 0;
  return column.map((value) => {
    const height = value ? Math.max(3, (100 * value) / top) : 0;
    const segment = { from, height: Math.min(height, 100 - from) };
    from += segment.height;
    return segment;
  });
}
