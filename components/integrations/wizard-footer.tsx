"use client";

import { Button, Group } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { useLeaving } from "./use-leaving";
import classes from "./wizard.module.css";

type Props = Pick<ReturnType<typeof useLeaving>, "leaveFor" | "leavingFor"> & {
  back: string | null;
  next: { href: string; label: string; icon: ReactNode } | null;
};

/** Back and the way on, each of which saves. */
export function WizardFooter({ back, next, leaveFor, leavingFor }: Props) {
  const common = useTranslations("common");
  return (
    <Group justify="space-between" className={classes.footer}>
      {back ? (
        <Button
          variant="default"
          leftSection={<IconArrowLeft size={16} stroke={1.6} />}
          loading={leavingFor === back}
          onClick={() => leaveFor(back, "away")}
        >
          {common("back")}
        </Button>
      ) : (
        <span />
      )}
      {next ? (
        <Button
          rightSection={next.icon}
          loading={leavingFor === next.href}
          onClick={() => leaveFor(next.href, "next")}
        >
          {next.label}
        </Button>
      ) : null}
    </Group>
  );
}
