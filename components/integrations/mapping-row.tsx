"use client";

import { ActionIcon, Button, Group, Text, Tooltip } from "@mantine/core";
import { IconLock, IconTrash } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { typeIcons } from "@/components/fields/type-icons";
import { StatusBadge } from "@/components/ui/status-badge";
import type { IntegrationSettings } from "@/services/integrations/read-settings";
import type { Direction } from "@/sync/direction";
import { allowedDirections, effectiveDirection } from "@/sync/mapping-rules";
import type { ValueMap } from "@/sync/value-map";
import { FieldDirection, FixedDirection } from "./field-direction";
import { MappingChoices } from "./mapping-choices";
import classes from "./mapping-section.module.css";
import type { ShownMapping } from "./shown-mappings";
import { newMapping } from "./use-mapping-edits";
import { useSnovFieldName } from "./use-snov-field-name";

type Props = ShownMapping & {
  settings: IntegrationSettings;
  startsFresh: boolean;
  onUpdate: (changes: { direction?: Direction; valueMap?: ValueMap }) => void;
  onRemove: () => void;
  /** The form that puts another pair in this one's place. */
  replaceForm: (close: () => void) => ReactNode;
};

/** One pair of fields: a row of the table, a card on a phone. */
export function MappingRow(props: Props) {
  const { mapping, fullName, settings, onUpdate, onRemove, replaceForm } = props;
  const t = useTranslations("mapping");
  const types = useTranslations("fields.types");
  const fieldName = useSnovFieldName();
  const [replacing, setReplacing] = useState(false);
  const name = fullName ? t("fullName") : fieldName(mapping.snovField, mapping.snovLabel);
  const property = settings.hubspotProperties.find(({ key }) => key === mapping.hubspotProperty);
  const writable = property?.writable ?? true;
  const direction = effectiveDirection(settings.syncType, mapping.direction, { writable });
  const Icon = mapping.type ? typeIcons[mapping.type] : null;
  const stopped = mapping.stoppedReason;
  const mayOnlyCome =
    stopped === "hubspot_property_read_only" &&
    allowedDirections(settings.syncType, { writable }).includes("to_snov");
  const settled = mapping.id !== newMapping;
  const notes = rowNotes(props, { name, direction });

  return (
    <tbody className={classes.mapping} data-stopped={stopped ? true : undefined}>
      <tr>
        <td className={classes.snov}>
          <span className={classes.name}>
            {Icon && mapping.type ? (
              <Icon size={16} stroke={1.6} title={types(mapping.type)} className={classes.icon} />
            ) : null}
            {name}
          </span>
        </td>
        <td className={classes.way}>
          {stopped ? (
            <StatusBadge tone="attention">{t("stopped")}</StatusBadge>
          ) : mapping.locked ? (
            <FixedDirection value={direction ?? settings.syncType} />
          ) : direction === null ? (
            <StatusBadge tone="neutral">{t("resting")}</StatusBadge>
          ) : (
            <FieldDirection
              label={t("directionOf", { field: name })}
              value={direction}
              allowed={allowedDirections(settings.syncType, { writable })}
              onChange={(chosen) => settled && onUpdate({ direction: chosen })}
            />
          )}
        </td>
        <td className={classes.hubspot}>
          <span className={classes.name}>{fullName ? t("hubspotFullName") : mapping.hubspotLabel}</span>
          {property && !property.writable ? (
            <Text span size="xs" c="dimmed" className={classes.readOnly}>
              {t("readOnly")}
            </Text>
          ) : null}
        </td>
        <td className={classes.end}>
          {mapping.locked ? (
            <Tooltip label={t("lockedHint")}>
              <span role="img" aria-label={t("lockedHint")} className={classes.lock}>
                <IconLock size={16} stroke={1.6} aria-hidden />
              </span>
            </Tooltip>
          ) : (
            <ActionIcon
              aria-label={t("remove", { field: name })}
              data-remove-mapping
              disabled={!settled}
              onClick={onRemove}
            >
              <IconTrash size={17} stroke={1.6} />
            </ActionIcon>
          )}
        </td>
      </tr>
      {notes.length || (stopped && !mapping.locked) ? (
        <tr>
          <td colSpan={4} className={classes.notes}>
            {notes}
            {stopped && !mapping.locked ? (
              replacing ? (
                replaceForm(() => setReplacing(false))
              ) : (
                <Group mt={6} gap="xs">
                  {mayOnlyCome ? (
                    <Button
                      size="compact-sm"
                      variant="default"
                      aria-label={t("onlyToSnovNamed", { field: name })}
                      onClick={() => onUpdate({ direction: "to_snov" })}
                    >
                      {t("onlyToSnov")}
                    </Button>
                  ) : null}
                  <Button
                    size="compact-sm"
                    variant="default"
                    aria-label={t("replaceNamed", { field: name })}
                    onClick={() => setReplacing(true)}
                  >
                    {t("replace")}
                  </Button>
                </Group>
              )
            ) : null}
          </td>
        </tr>
      ) : null}
    </tbody>
  );

  function rowNotes(
    { startsFresh }: Props,
    { name, direction }: { name: string; direction: Direction | null },
  ): ReactNode[] {
    const note = (key: string, text: string) => (
      <Text key={key} size="xs" c="dimmed">
        {text}
      </Text>
    );
    const snovField = settings.snovFields.find(({ key }) => key === mapping.snovField);
    return [
      mapping.snovField === "email" && note("email", t("emailHint")),
      fullName && note("name", t("fullNameHint")),
      stopped && note("stopped", t(`stoppedReasons.${stopped}`, { property: mapping.hubspotLabel })),
      !stopped && direction === null && note("resting", t(`restingHints.${settings.syncType}`)),
      !stopped && snovField?.options.length && property?.options.length && (
        <MappingChoices
          key="choices"
          name={name}
          snov={snovField.options}
          hubspot={property.options}
          value={mapping.valueMap}
          direction={direction ?? settings.syncType}
          disabled={!settled}
          launched={settings.launchedAt !== null}
          onSave={(valueMap) => onUpdate({ valueMap })}
        />
      ),
      startsFresh && settings.launchedAt && note("fresh", t("startsFresh")),
    ].filter(
      (shown) => shown !== false && shown !== 0 && shown !== null && shown !== undefined && shown !== "",
    );
  }
}
