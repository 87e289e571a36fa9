import { Card, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

type Props = { title: string; headline?: ReactNode; text: string; children: ReactNode };

/** A chart under its question, the answer in a sentence, and what exactly is measured. */
export function ChartCard({ title, headline, text, children }: Props) {
  return (
    <Card component="section" aria-label={title}>
      <Title order={3}>{title}</Title>
      {headline ? <Text mt={4}>{headline}</Text> : null}
      {children}
      <Text size="xs" c="dimmed" mt="sm">
        {text}
      </Text>
    </Card>
  );
}
