import { Group, Stack, Text, Title } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import Link from "next/link";
import type { ReactNode } from "react";
import classes from "./page-header.module.css";

type Props = {
  title: ReactNode;
  description?: ReactNode;
  /** Stands beside the title: a status badge. */
  badge?: ReactNode;
  actions?: ReactNode;
  back?: { href: string; label: string };
};

export function PageHeader({ title, description, badge, actions, back }: Props) {
  return (
    <header className={classes.header}>
      {back ? (
        <Link href={back.href} className={classes.back}>
          <IconArrowLeft size={16} stroke={1.6} aria-hidden />
          {back.label}
        </Link>
      ) : null}
      <div className={classes.row}>
        <Stack gap={4} className={classes.words}>
          <Group gap="sm">
            <Title order={1}>{title}</Title>
            {badge}
          </Group>
          {description ? (
            <Text c="dimmed" maw="64ch">
              {description}
            </Text>
          ) : null}
        </Stack>
        {actions ? <div className={classes.actions}>{actions}</div> : null}
      </div>
    </header>
  );
}
