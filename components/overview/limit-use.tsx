import { Paper, Progress, Text, VisuallyHidden } from "@mantine/core";
import { IconClockPause } from "@tabler/icons-react";
import { useFormatter, useTranslations } from "next-intl";
import type { Overview } from "@/services/integrations/read-overview";
import classes from "./limit-use.module.css";

type Use = Overview["limits"]["general"];
const kinds = ["general", "search"] as const;

/** How much of what HubSpot allows this account is in use, and why it rests. */
export function LimitUse({ limits }: Pick<Overview, "limits">) {
  const t = useTranslations("overview.limits");
  return (
    <Paper withBorder component="section" aria-labelledby="overview-limits" className={classes.limits}>
      <VisuallyHidden>
        <h2 id="overview-limits">{t("title")}</h2>
      </VisuallyHidden>
      {kinds.map((kind) => (
        <KindUse key={kind} label={t(kind)} use={limits[kind]} />
      ))}
    </Paper>
  );
}

function KindUse({ label, use }: { label: string; use: Use }) {
  const t = useTranslations("overview.limits");
  const { used, foreign, allowed, windowMs, paused } = use;
  const percent = (calls: number) => Math.min(100, (100 * calls) / allowed);
  return (
    <div className={classes.kind}>
      <div className={classes.head}>
        <Text size="sm" fw={500}>
          {label}
        </Text>
        <Text size="sm" c="dimmed" data-numeric>
          {t("use", { used: used + foreign, allowed, seconds: windowMs / 1000 })}
        </Text>
      </div>
      <Progress.Root size="sm" mt={8}>
        <Progress.Section value={percent(used)} color={paused ? "yellow" : undefined} aria-label={label} />
        {foreign ? <Progress.Section value={percent(foreign)} color="gray" aria-label={t("others")} /> : null}
      </Progress.Root>
      {foreign ? (
        <Text size="sm" c="dimmed" mt={6}>
          {t("foreign", { count: foreign })}
        </Text>
      ) : null}
      {paused ? <PauseNote paused={paused} /> : null}
    </div>
  );
}

function PauseNote({ paused: { until, ms, reason } }: { paused: NonNullable<Use["paused"]> }) {
  const t = useTranslations("overview.limits.paused");
  const format = useFormatter();
  const short = ms < 3_600_000;
  const time = format.dateTime(
    new Date(until),
    short ? { timeStyle: "medium" } : { dateStyle: "medium", timeStyle: "short" },
  );
  return (
    <Text size="sm" mt={8} className={classes.paused}>
      <IconClockPause size={16} stroke={1.6} aria-hidden />
      <span>
        {t(reason)} {t("until", { time })}
      </span>
    </Text>
  );
}
