"use client";

import { Button, Group, Select, Stack, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { type ChoiceDraft, ChoicesEditor, newChoice } from "@/components/fields/choices-editor";
import { useAction } from "@/components/ui/use-action";
import type { FieldDefinition } from "@/sync/field-definition";
import type { IntegrationActions } from "./section";

type Props = {
  integrationId: string;
  /** The Snov.io field it is for: gives the type, the name and the choices. */
  like: FieldDefinition;
  suggestedLabel: string;
  create: IntegrationActions["createHubspotProperty"];
  onCreated: (property: FieldDefinition) => void;
  onCancel: () => void;
};

/** Makes a contact property in HubSpot, of the type that the chosen Snov.io field has. */
export function CreatePropertyForm({
  integrationId,
  like,
  suggestedLabel,
  create,
  onCreated,
  onCancel,
}: Props) {
  const t = useTranslations("mapping");
  const fields = useTranslations("fields");
  const common = useTranslations("common");
  const [label, setLabel] = useState(suggestedLabel);
  const [choices, setChoices] = useState<ChoiceDraft[]>(() =>
    like.options.map((option) => newChoice(option.label)),
  );
  const { run, pending, fieldErrors } = useAction(create, { onSuccess: onCreated });
  const withChoices = like.type === "choice" || like.type === "choices";
  const options = choices
    .filter((choice) => choice.label.trim())
    .map((choice) => ({ label: choice.label.trim() }));
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation();
        void run({ integrationId, label, type: like.type, options: withChoices ? options : [] });
      }}
    >
      <Stack>
        <TextInput
          label={fields("name")}
          description={t("propertyNameHint")}
          value={label}
          onChange={(event) => setLabel(event.currentTarget.value)}
          error={fieldErrors.label}
          maxLength={100}
          autoComplete="off"
          data-autofocus
        />
        <Select
          label={fields("type")}
          description={t("propertyTypeHint")}
          data={[{ value: like.type, label: fields(`types.${like.type}`) }]}
          value={like.type}
          disabled
        />
        {withChoices ? (
          <ChoicesEditor choices={choices} onChange={setChoices} error={fieldErrors.options} />
        ) : null}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            {common("cancel")}
          </Button>
          <Button type="submit" loading={pending}>
            {t("createPropertyConfirm")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
