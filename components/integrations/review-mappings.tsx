"use client";

import { VisuallyHidden } from "@mantine/core";
import { useTranslations } from "next-intl";
import { StatusBadge } from "@/components/ui/status-badge";
import type { IntegrationSettings } from "@/services/integrations/read-settings";
import { effectiveDirection } from "@/sync/mapping-rules";
import { DirectionIcon } from "./direction-icon";
import classes from "./review-section.module.css";
import { shownMappings } from "./shown-mappings";
import { useSnovFieldName } from "./use-snov-field-name";

/** The pairs of fields, compactly, each with its direction. */
export function ReviewMappings({ settings }: { settings: IntegrationSettings }) {
  const t = useTranslations("review");
  const mapping = useTranslations("mapping");
  const fieldName = useSnovFieldName();
  const rows = shownMappings(settings.mappings).map((row) => {
    const writable =
      settings.hubspotProperties.find(({ key }) => key === row.mapping.hubspotProperty)?.writable ?? true;
    const direction = row.mapping.stoppedReason
      ? null
      : effectiveDirection(settings.syncType, row.mapping.direction, { writable });
    return { ...row, direction };
  });
  const stopped = rows.filter((row) => row.mapping.stoppedReason).length;
  return (
    <>
      <p>{t("fieldCount", { count: rows.filter(({ direction }) => direction).length })}</p>
      {stopped ? <p>{t("stoppedCount", { count: stopped })}</p> : null}
      <ul className={classes.pairs}>
        {rows.map(({ mapping: row, fullName, direction }) => (
          <li key={row.id} className={classes.pair}>
            <span>{fullName ? mapping("fullName") : fieldName(row.snovField, row.snovLabel)}</span>
            {direction ? (
              <span className={classes.arrow} title={mapping(`directions.${direction}`)}>
                <DirectionIcon direction={direction} />
                <VisuallyHidden>{mapping(`directions.${direction}`)}</VisuallyHidden>
              </span>
            ) : (
              <StatusBadge tone={row.stoppedReason ? "attention" : "neutral"}>
                {mapping(row.stoppedReason ? "stopped" : "resting")}
              </StatusBadge>
            )}
            <span>{fullName ? mapping("hubspotFullName") : row.hubspotLabel}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
