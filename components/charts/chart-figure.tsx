"use client";

import { Table, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { TableFrame } from "@/components/ui/table-frame";
import { ChartExplorer } from "./chart-explorer";
import classes from "./chart-figure.module.css";
import { ColumnPlot } from "./column-plot";
import type { Measure, Panel, TimeLabel } from "./figure-parts";

type Props = {
  label: string;
  /** Shows the label, where no heading says what is drawn. */
  caption?: boolean;
  times: TimeLabel[];
  panels: Panel[];
  /** What a column is told of by, in words: in the note beside it, and in the table. */
  measures: Measure[];
};

/** Columns over time that share one axis, with a legend, a note for the column in view, and the numbers as a table. */
export function ChartFigure({ label, caption, times, panels, measures }: Props) {
  const t = useTranslations("charts");
  const legend = measures.filter(({ tone }) => tone);
  const middle = times[Math.floor((times.length - 1) / 2)];
  return (
    <figure className={classes.figure}>
      {caption ? (
        <Text component="figcaption" size="sm" fw={500} mb={4}>
          {label}
        </Text>
      ) : null}
      {legend.length > 1 && panels.length === 1 ? (
        <ul className={classes.legend}>
          {legend.map((measure) => (
            <li key={measure.label}>
              <span className={classes.swatch} data-tone={measure.tone} />
              {measure.label}
            </li>
          ))}
        </ul>
      ) : null}
      <ChartExplorer label={label} times={times} measures={measures}>
        {(active) =>
          panels.map((panel, at) => (
            <div key={panel.label ?? at} className={classes.panel}>
              <div className={classes.scale}>
                <span>{panel.label}</span>
                <span data-numeric>{panel.topLabel}</span>
              </div>
              <ColumnPlot
                panel={panel}
                active={active}
                height={panels.length > 2 ? "low" : panels.length > 1 ? "middle" : "tall"}
              />
            </div>
          ))
        }
      </ChartExplorer>
      <div className={classes.axis} aria-hidden>
        <span>{times[0]?.short}</span>
        {times.length > 2 ? <span>{middle?.short}</span> : null}
        <span>{times.at(-1)?.short}</span>
      </div>
      <details className={classes.numbers}>
        <summary>{t("numbers")}</summary>
        <TableFrame label={t("numbersOf", { label })} minWidth={360}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{t("time")}</Table.Th>
                {measures.map((measure) => (
                  <Table.Th scope="col" key={measure.label}>
                    {measure.label}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {times.map(({ key, long }, at) => (
                <Table.Tr key={key}>
                  <Table.Th scope="row" fw={400}>
                    {long}
                  </Table.Th>
                  {measures.map((measure) => (
                    <Table.Td key={measure.label} data-numeric>
                      {measure.values[at]}
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </TableFrame>
      </details>
    </figure>
  );
}

/** In place of a chart of nothing. */
export function ChartEmpty({ children }: { children: string }) {
  return (
    <Text c="dimmed" className={classes.empty}>
      {children}
    </Text>
  );
}
