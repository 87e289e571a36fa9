"use client";

import { Radio, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { type Direction, directions } from "@/sync/direction";
import { DirectionPicture } from "./direction-picture";
import classes from "./direction-section.module.css";
import type { SectionProps } from "./section";
import { SectionNotices } from "./section-notices";
import { directionSettlesOpen } from "./settles-open";
import { useSection } from "./use-section";

export function DirectionSection(props: SectionProps) {
  const t = useTranslations("direction");
  const { settings, actions } = props;
  const { root, draft, change, notices } = useSection(props, {
    name: "direction",
    saved: { syncType: settings.syncType },
    faultsOf: () => ({}),
    act: ({ syncType }, target) => actions.saveDirection({ ...target, syncType }),
    onSaved: ({ narrowed }) => {
      // The full name is one field to people and two to the engine.
      const count = narrowed > 1 ? narrowed - 1 : narrowed;
      if (count && draft.syncType !== "both")
        notifications.show({
          message: t(`narrowed.${draft.syncType}`, { count }),
          autoClose: 7_000,
        });
    },
  });
  return (
    <Stack ref={root} gap="md">
      <SectionNotices {...notices} />
      <Radio.Group
        label={t("question")}
        value={draft.syncType}
        onChange={(syncType) => change({ syncType: syncType as Direction })}
        classNames={{ label: classes.question }}
      >
        <div className={classes.cards}>
          {directions.map((direction) => (
            <DirectionCard key={direction} direction={direction} chosen={draft.syncType === direction} />
          ))}
        </div>
      </Radio.Group>
      {draft.syncType === "both" ? null : (
        <Text size="sm" c="dimmed" maw="68ch" role="status">
          {t(`consequence.${draft.syncType}`)}
          {directionSettlesOpen(settings, draft.syncType) ? ` ${t(`settlesOpen.${draft.syncType}`)}` : null}
        </Text>
      )}
    </Stack>
  );
}

function DirectionCard({ direction, chosen }: { direction: Direction; chosen: boolean }) {
  const t = useTranslations("direction");
  const id = useId();
  return (
    <Radio.Card
      value={direction}
      className={classes.card}
      aria-labelledby={`${id}-name`}
      aria-describedby={`${id}-text`}
      data-chosen={chosen || undefined}
    >
      <DirectionPicture direction={direction} />
      <span className={classes.words}>
        <span className={classes.name}>
          <Radio.Indicator aria-hidden />
          <span id={`${id}-name`}>{t(`types.${direction}.name`)}</span>
        </span>
        <span id={`${id}-text`} className={classes.text}>
          {t(`types.${direction}.text`)}
        </span>
      </span>
    </Radio.Card>
  );
}
