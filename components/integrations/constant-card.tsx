"use client";

import { Button, Group, Select, Stack, Switch, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { FieldInput } from "@/components/fields/field-input";
import type { FieldDefinition } from "@/sync/field-definition";
import type { Value } from "@/sync/value";
import { offeredOptions } from "@/sync/value-map";
import { CreateFieldDialog } from "./create-field-dialog";
import { Question } from "./question";
import type { IntegrationActions } from "./section";

export type ConstantDraft = { on: boolean; field: string | null; value: Value };

type Props = {
  way: "toHubspot" | "toSnov";
  draft: ConstantDraft;
  onChange: (draft: ConstantDraft) => void;
  offered: FieldDefinition[];
  /** Why the sync type does not let this direction carry anything. */
  unavailable: string | null;
  reason?: string;
  error?: string;
  integrationId: string;
  actions: Pick<IntegrationActions, "createCustomField" | "createHubspotProperty">;
};

export function ConstantCard({
  way,
  draft,
  onChange,
  offered,
  unavailable,
  reason,
  error,
  ...create
}: Props) {
  const t = useTranslations("constants");
  const types = useTranslations("fields.types");
  const [creating, setCreating] = useState(false);
  /** Until the page has read the fields again. */
  const [made, setMade] = useState<FieldDefinition | null>(null);
  const fields = made && !offered.some(({ key }) => key === made.key) ? [...offered, made] : offered;
  const field = fields.find(({ key }) => key === draft.field);
  const ofField = reason?.startsWith("constant_field") ?? false;
  return (
    <Question title={t(`${way}.title`)} description={t(`${way}.text`)}>
      <Switch
        label={t(`${way}.switch`)}
        description={unavailable}
        disabled={unavailable !== null}
        checked={draft.on && unavailable === null}
        onChange={(event) => onChange({ ...draft, on: event.currentTarget.checked })}
      />
      {draft.on && unavailable === null ? (
        <Stack gap="md" maw={560}>
          <Group align="flex-start" gap="xs">
            <Select
              flex={1}
              miw={200}
              label={t("field")}
              placeholder={t("chooseField")}
              withAsterisk
              searchable
              data={fields.map(({ key, label }) => ({ value: key, label }))}
              value={field?.key ?? null}
              onChange={(key) => onChange({ ...draft, field: key, value: null })}
              error={ofField ? error : undefined}
              nothingFoundMessage={t("noFields")}
              renderOption={({ option }) => (
                <Group justify="space-between" wrap="nowrap" gap="md" w="100%">
                  <span>{option.label}</span>
                  <Text span size="xs" c="dimmed">
                    {types(fields.find(({ key }) => key === option.value)?.type ?? "text")}
                  </Text>
                </Group>
              )}
            />
            <Button
              variant="default"
              mt={{ base: 0, xs: 28 }}
              leftSection={<IconPlus size={16} stroke={1.6} />}
              onClick={() => setCreating(true)}
            >
              {t("createField")}
            </Button>
          </Group>
          {field ? (
            <FieldInput
              type={field.type}
              label={t("value")}
              options={offeredOptions(field.options, draft.value)}
              value={draft.value}
              onChange={(value) => onChange({ ...draft, value })}
              error={ofField ? undefined : error}
            />
          ) : null}
        </Stack>
      ) : null}
      <CreateFieldDialog
        side={way === "toHubspot" ? "hubspot" : "snov"}
        opened={creating}
        onClose={() => setCreating(false)}
        onCreated={(created) => {
          setMade(created);
          onChange({ on: true, field: created.key, value: null });
          setCreating(false);
        }}
        {...create}
      />
    </Question>
  );
}
