import { Card, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

type Props = { title: ReactNode; description?: ReactNode; children: ReactNode };

export function ProfileCard({ title, description, children }: Props) {
  return (
    <Card component="section">
      <Title order={2}>{title}</Title>
      {description ? (
        <Text c="dimmed" size="sm">
          {description}
        </Text>
      ) : null}
      <div style={{ marginTop: 16 }}>{children}</div>
    </Card>
  );
}
