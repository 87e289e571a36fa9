import { Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

export function AuthHeading({ title, children }: { title: ReactNode; children?: ReactNode }) {
  return (
    <div style={{ marginBottom: 28 }}>
      <Title order={1}>{title}</Title>
      {children ? (
        <Text c="dimmed" mt={4}>
          {children}
        </Text>
      ) : null}
    </div>
  );
}
