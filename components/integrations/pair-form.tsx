"use client";

import { Alert, Button, Group, Modal, Stack, Text } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { type Ref, useEffect, useImperativeHandle, useRef, useState } from "react";
import { CustomFieldForm } from "@/components/fields/custom-field-form";
import type { IntegrationSettings, MappingSetting } from "@/services/integrations/read-settings";
import type { ChosenPair } from "./chosen-pair";
import { CreatePropertyForm } from "./create-property-form";
import { FieldCombobox } from "./field-combobox";
import { FieldDirection } from "./field-direction";
import classes from "./pair-form.module.css";
import type { IntegrationActions } from "./section";
import { useFieldPair } from "./use-field-pair";
import { ValueMapEditor } from "./value-map-editor";

export type PairFormHandle = {
  /** Null while the pair is not complete. */ complete: () => ChosenPair | null;
};

type Props = {
  settings: IntegrationSettings;
  mappings: MappingSetting[];
  actions: IntegrationActions;
  /** The mapping whose place the new pair takes. */
  replacing?: MappingSetting;
  onSubmit: (pair: ChosenPair) => void;
  onCancel: () => void;
  ref?: Ref<PairFormHandle>;
};

/** Pairs a Snov.io field with a HubSpot property of the same type; either can be made on the spot. */
export function PairForm({ settings, mappings, actions, replacing, onSubmit, onCancel, ref }: Props) {
  const t = useTranslations("mapping");
  const fields = useTranslations("fields");
  const common = useTranslations("common");
  const pair = useFieldPair(settings, mappings, replacing);
  const [creating, setCreating] = useState<{ side: "snov" | "hubspot"; typed: string } | null>(null);
  const snovInput = useRef<HTMLInputElement>(null);
  const hubspotInput = useRef<HTMLInputElement>(null);
  useEffect(() => snovInput.current?.focus(), []);
  useImperativeHandle(ref, () => ({ complete: () => pair.chosen }), [pair.chosen]);

  const { snov, hubspot, chosen } = pair;
  const close = () => setCreating(null);
  return (
    <form
      noValidate
      className={classes.form}
      aria-label={replacing ? t("replaceTitle") : t("addField")}
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation();
        if (chosen) onSubmit(chosen);
      }}
    >
      <Stack gap="md">
        <div className={classes.pair}>
          <FieldCombobox
            label={t("snovField")}
            placeholder={t("chooseField")}
            groups={pair.snovGroups}
            value={snov?.choice ?? null}
            onChange={(key) => {
              pair.chooseSnov(key);
              // The other input may still be disabled in this render.
              requestAnimationFrame(() => hubspotInput.current?.focus());
            }}
            createLabel={t("createField")}
            onCreate={(typed) => setCreating({ side: "snov", typed })}
            inputRef={snovInput}
          />
          <FieldCombobox
            label={t("hubspotField")}
            placeholder={snov ? t("chooseField") : t("chooseSnovFirst")}
            groups={pair.hubspotGroups}
            value={hubspot?.choice ?? null}
            onChange={pair.chooseHubspot}
            createLabel={t("createProperty")}
            onCreate={(typed) => setCreating({ side: "hubspot", typed })}
            disabled={!snov}
            inputRef={hubspotInput}
          />
        </div>
        {snov && !pair.hubspotGroups.length ? (
          <Alert color="gray" p="sm" icon={<IconInfoCircle size={18} stroke={1.6} />}>
            <Text size="sm">{t("noneLeft", { type: fields(`types.${snov.definition.type}`) })}</Text>
            <Button
              mt="xs"
              size="compact-sm"
              variant="default"
              onClick={() => setCreating({ side: "hubspot", typed: "" })}
            >
              {t("createProperty")}
            </Button>
          </Alert>
        ) : null}
        {snov && hubspot ? (
          <>
            <Group gap="sm">
              <Text size="sm" c="dimmed">
                {t("direction")}
              </Text>
              <FieldDirection
                label={t("directionOf", { field: snov.choice.name })}
                value={pair.direction}
                allowed={pair.allowed}
                onChange={pair.setDirection}
              />
              {hubspot.definition.writable ? null : (
                <Text size="xs" c="dimmed">
                  {t("readOnlyHint")}
                </Text>
              )}
            </Group>
            {pair.valueMap ? (
              <ValueMapEditor
                snov={snov.definition.options}
                hubspot={hubspot.definition.options}
                value={pair.valueMap}
                direction={pair.direction}
                onChange={pair.setValueMap}
              />
            ) : null}
            {settings.launchedAt ? (
              <Text size="sm" c="dimmed">
                {t("startsFresh")}
              </Text>
            ) : null}
          </>
        ) : null}
        <Group gap="xs">
          <Button type="submit" variant="light" disabled={!chosen}>
            {replacing ? t("replaceConfirm") : t("addConfirm")}
          </Button>
          <Button variant="subtle" color="gray" onClick={onCancel}>
            {common("cancel")}
          </Button>
        </Group>
      </Stack>
      <Modal
        opened={creating?.side === "snov"}
        onClose={close}
        title={t("createFieldTitle")}
        closeButtonProps={{ "aria-label": common("close") }}
      >
        <CustomFieldForm
          create={actions.createCustomField}
          initialName={creating?.typed}
          onCreated={(field) => {
            pair.addSnov(field);
            close();
          }}
          onCancel={close}
        />
      </Modal>
      <Modal
        opened={creating?.side === "hubspot"}
        onClose={close}
        title={t("createPropertyTitle")}
        closeButtonProps={{ "aria-label": common("close") }}
      >
        {snov ? (
          <CreatePropertyForm
            integrationId={settings.id}
            like={snov.definition}
            suggestedLabel={creating?.typed || snov.choice.name}
            create={actions.createHubspotProperty}
            onCreated={(property) => {
              pair.addHubspot(property);
              close();
            }}
            onCancel={close}
          />
        ) : null}
      </Modal>
    </form>
  );
}
