"use client";

import { Button, Group, Text, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useTranslations } from "next-intl";
import { useId, useRef, useState } from "react";
import type { IntegrationActions, SectionHandle, SectionName, SectionProps } from "./section";
import { SectionOf } from "./section-of";

type Props = {
  step: Exclude<SectionName, "review">;
  settings: SectionProps["settings"];
  actions: IntegrationActions;
};

/** One section of the settings page. Field mappings save themselves, one by one. */
export function SettingsSection({ step, settings, actions }: Props) {
  const t = useTranslations("wizard");
  const common = useTranslations("common");
  const id = useId();
  const section = useRef<SectionHandle>(null);
  const [dirty, setDirty] = useState(false);
  const [saving, setSaving] = useState(false);
  async function save() {
    setSaving(true);
    const saved = await section.current?.save("next");
    setSaving(false);
    if (saved) notifications.show({ message: common("saved") });
  }
  const name = t(`steps.${step}.name`);
  return (
    <section aria-labelledby={id}>
      <Title order={2} id={id} mb={4}>
        {name}
      </Title>
      <Text c="dimmed" maw="68ch" mb="lg">
        {t(`steps.${step}.text`)}
      </Text>
      <SectionOf step={step} ref={section} settings={settings} actions={actions} onDirty={setDirty} />
      {step === "mapping" ? null : (
        <Group mt="md" gap="sm">
          <Button
            variant={dirty ? "filled" : "default"}
            loading={saving}
            onClick={save}
            aria-label={t("saveNamed", { name })}
          >
            {common("save")}
          </Button>
          {dirty ? (
            <Button variant="subtle" disabled={saving} onClick={() => section.current?.reset?.()}>
              {t("discard")}
            </Button>
          ) : null}
          <Text size="sm" c="dimmed" role="status">
            {dirty ? t("unsaved") : null}
          </Text>
        </Group>
      )}
    </section>
  );
}
