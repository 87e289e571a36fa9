import { Card, Stack, Text, Title } from "@mantine/core";
import { type ReactNode, useId } from "react";

type Props = { title: ReactNode; description?: ReactNode; children: ReactNode };

/** One thing the wizard asks: its inputs are a group named by its title. */
export function Question({ title, description, children }: Props) {
  const id = useId();
  return (
    <Card component="section" role="group" aria-labelledby={id} p={{ base: "md", sm: "lg" }}>
      <Stack gap="md">
        <div>
          <Title order={3} id={id}>
            {title}
          </Title>
          {description ? (
            <Text size="sm" c="dimmed" mt={4} maw="68ch">
              {description}
            </Text>
          ) : null}
        </div>
        {children}
      </Stack>
    </Card>
  );
}
