import { Text } from "@mantine/core";
import { IconChevronRight } from "@tabler/icons-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { recordsAddress } from "@/components/records/asked-records";
import { Count } from "@/components/ui/formatted";
import type { Overview } from "@/services/integrations/read-overview";
import classes from "./reasons-card.module.css";

type Props = Overview["reasons"][number] & { id: string };

/** One reason with its count; leads to the records behind it. */
export function ReasonGroup({ id, status, reason, count }: Props) {
  const t = useTranslations("overview.reasons");
  const known = t.has(`${reason}.title`) ? reason : "unexpected";
  return (
    <li className={classes.reason}>
      <Link className={classes.link} href={recordsAddress(id, { status, reason })}>
        <span className={classes.words}>
          <span className={classes.title}>{t(`${known}.title`)}</span>
          <Text span size="sm" c="dimmed" display="block">
            {t(`${known}.todo`)}
          </Text>
        </span>
        <span className={classes.number}>
          <Count value={count} />
        </span>
        <IconChevronRight size={16} stroke={1.6} aria-hidden className={classes.chevron} />
      </Link>
    </li>
  );
}
