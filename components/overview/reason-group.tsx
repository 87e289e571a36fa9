"use client";

import { Collapse, Text, UnstyledButton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconChevronDown } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { Count } from "@/components/ui/formatted";
import type { Overview } from "@/services/integrations/read-overview";
import { ReasonRecords } from "./reason-records";
import classes from "./reasons-card.module.css";
import type { TryAgain } from "./use-try-again";

type Props = Overview["reasons"][number] & { id: string; tryAgain?: TryAgain | undefined };

/** One reason with its count; opens to the records behind it. */
export function ReasonGroup({ id, status, reason, count, tryAgain }: Props) {
  const t = useTranslations("overview.reasons");
  const [opened, { toggle }] = useDisclosure(false);
  const region = useId();
  const known = t.has(`${reason}.title`) ? reason : "unexpected";
  return (
    <li className={classes.reason}>
      <UnstyledButton
        className={classes.toggle}
        aria-expanded={opened}
        aria-controls={region}
        onClick={toggle}
      >
        <span className={classes.words}>
          <span className={classes.title}>{t(`${known}.title`)}</span>
          <Text span size="sm" c="dimmed" display="block">
            {t(`${known}.todo`)}
          </Text>
        </span>
        <span className={classes.number}>
          <Count value={count} />
        </span>
        <IconChevronDown
          size={16}
          stroke={1.6}
          aria-hidden
          className={classes.chevron}
          data-opened={opened}
        />
      </UnstyledButton>
      <Collapse expanded={opened} id={region}>
        {opened ? (
          <ReasonRecords id={id} status={status} reason={reason} count={count} tryAgain={tryAgain} />
        ) : null}
      </Collapse>
    </li>
  );
}
