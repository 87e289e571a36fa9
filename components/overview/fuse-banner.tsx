"use client";

import { Alert, Stack, Text } from "@mantine/core";
import { IconHandStop } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { TimeAgo } from "@/components/ui/formatted";
import type { Overview } from "@/services/integrations/read-overview";
import { type AnswerFuse, FuseAnswer } from "./fuse-answer";
import classes from "./fuse-banner.module.css";
import { FuseSamples } from "./fuse-samples";

export type FuseStop = NonNullable<Overview["fuseStop"]>;
type Props = {
  overview: Overview;
  stop: FuseStop;
  manages: boolean;
  answer: AnswerFuse;
  onChanged: () => void;
};

/** What the integration was about to do when a fuse stopped it, and the two ways on. */
export function FuseBanner({ overview, stop, manages, answer, onChanged }: Props) {
  const t = useTranslations("overview.fuse");
  const { kind, planned, before, limit, windowMinutes, sides } = stop;
  const [only, ...more] = sides;
  return (
    <section aria-label={t("label")}>
      <Alert
        color="orange"
        classNames={{ body: classes.body, label: classes.title }}
        icon={<IconHandStop size={20} />}
        title={t(`title.${kind}`, { count: planned, where: only && !more.length ? only : "both" })}
      >
        <Stack gap="sm">
          <div>
            <Text>{t(`limit.${kind}`, { count: planned, before, limit, minutes: windowMinutes })}</Text>
            <Text>
              {t("waiting", { count: overview.figures.waiting })} <TimeAgo value={stop.at} />
            </Text>
          </div>
          {stop.samples.length ? <FuseSamples stop={stop} fields={overview.fields} /> : null}
          {manages ? (
            <FuseAnswer id={overview.id} stop={stop} answer={answer} onChanged={onChanged} />
          ) : (
            <Text fw={500}>{t("askAdmin")}</Text>
          )}
        </Stack>
      </Alert>
    </section>
  );
}
