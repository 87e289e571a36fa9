import { Card, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Count } from "@/components/ui/formatted";
import classes from "./counted-card.module.css";

type Row = { key: string; words: ReactNode; count: number };

/** What there is how many of; nothing where there is none. */
export function CountedCard({ title, text, rows }: { title: string; text: string; rows: Row[] }) {
  if (!rows.length) return null;
  return (
    <Card component="section" aria-label={title}>
      <Title order={2}>{title}</Title>
      <Text size="sm" c="dimmed" mt={4}>
        {text}
      </Text>
      <ul className={classes.list}>
        {rows.map(({ key, words, count }) => (
          <li key={key} className={classes.item}>
            <span className={classes.words}>{words}</span>
            <span className={classes.count}>
              <Count value={count} />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** The most frequent first. */
export function byCount(counts: Record<string, number>): [string, number][] {
  return Object.entries(counts).sort(([, a], [, b]) => b - a);
}
