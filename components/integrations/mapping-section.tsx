"use client";

import { Alert, Button, Group, Paper, Text, VisuallyHidden } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useImperativeHandle, useRef } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { AddMapping } from "./add-mapping";
import { MappingRow } from "./mapping-row";
import classes from "./mapping-section.module.css";
import { PairForm, type PairFormHandle } from "./pair-form";
import { RefreshProperties } from "./refresh-properties";
import type { SectionProps } from "./section";
import { shownMappings } from "./shown-mappings";
import { useMappingEdits } from "./use-mapping-edits";

/** Which field goes with which. Every change is saved at once. */
export function MappingSection({ settings, actions, ref }: SectionProps) {
  const t = useTranslations("mapping");
  const router = useRouter();
  const edits = useMappingEdits(settings, actions);
  const table = useRef<HTMLTableElement>(null);
  const addForm = useRef<PairFormHandle>(null);
  const addButton = useRef<HTMLButtonElement>(null);

  useImperativeHandle(ref, () => ({
    // A pair that was chosen but not yet added is wanted all the same.
    save: async (leaving) => {
      const pair = addForm.current?.complete();
      if (pair) return (await edits.add(pair)) || leaving === "away";
      await edits.saved();
      return true;
    },
  }));

  /** The row that had the focus is gone: the one that takes its place gets it. */
  function focusAfterRemoval(index: number) {
    requestAnimationFrame(() => {
      const bins = table.current?.querySelectorAll<HTMLButtonElement>("[data-remove-mapping]");
      (bins?.[Math.min(index, bins.length - 1)] ?? addButton.current)?.focus();
    });
  }
  const rows = shownMappings(edits.mappings);
  const removable = rows.filter(({ mapping }) => !mapping.locked);
  return (
    <div className={classes.section}>
      <Group justify="flex-end">
        <RefreshProperties
          integrationId={settings.id}
          refreshedAt={settings.account.propertiesRefreshedAt}
          refresh={actions.refreshProperties}
        />
      </Group>
      {edits.moved ? (
        <Alert color="orange" role="alert" icon={<IconAlertTriangle size={20} stroke={1.6} />}>
          <Group justify="space-between" gap="sm">
            <Text size="sm">{t("moved")}</Text>
            <Button size="compact-sm" variant="default" onClick={() => router.refresh()}>
              {t("reload")}
            </Button>
          </Group>
        </Alert>
      ) : null}
      <Paper withBorder className={classes.frame}>
        <table ref={table} className={classes.table}>
          <caption className={classes.caption}>{t("tableCaption")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("snovField")}</th>
              <th scope="col" className={classes.way}>
                {t("direction")}
              </th>
              <th scope="col">{t("hubspotField")}</th>
              <th scope="col" className={classes.end}>
                <VisuallyHidden>{t("removeColumn")}</VisuallyHidden>
              </th>
            </tr>
          </thead>
          {rows.map((row) => (
            <MappingRow
              key={row.mapping.snovField}
              {...row}
              settings={settings}
              startsFresh={edits.startsFresh(row.mapping.snovField)}
              onUpdate={(changes) => void edits.update(row.mapping.id, changes)}
              onRemove={() => {
                void edits.remove(row.mapping);
                focusAfterRemoval(removable.indexOf(row));
              }}
              replaceForm={(close) => (
                <PairForm
                  settings={settings}
                  mappings={edits.mappings}
                  actions={actions}
                  replacing={row.mapping}
                  onSubmit={(pair) => {
                    close();
                    void edits.replace(row.mapping, pair);
                  }}
                  onCancel={close}
                />
              )}
            />
          ))}
        </table>
        <div className={classes.add}>
          <AddMapping
            settings={settings}
            mappings={edits.mappings}
            actions={actions}
            formRef={addForm}
            buttonRef={addButton}
            onAdd={(pair) => void edits.add(pair)}
          />
        </div>
      </Paper>
      <ConfirmDialog
        opened={edits.asked !== null}
        onClose={edits.endAsking}
        onConfirm={() => {
          void edits.asked?.confirm();
          edits.endAsking();
        }}
        title={t("conflictsGo.title", { field: edits.asked?.field ?? "" })}
        confirmLabel={t("conflictsGo.confirm")}
        danger
      >
        {edits.asked?.open ? <Text>{t("conflictsGo.open", { count: edits.asked.open })}</Text> : null}
        {edits.asked?.waiting ? (
          <Text>{t("conflictsGo.waiting", { count: edits.asked.waiting })}</Text>
        ) : null}
        {edits.asked?.decided ? (
          <Text>{t("conflictsGo.decided", { count: edits.asked.decided })}</Text>
        ) : null}
      </ConfirmDialog>
    </div>
  );
}
