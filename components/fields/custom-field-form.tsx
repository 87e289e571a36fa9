"use client";

import { Button, Group, Select, Stack, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useAction } from "@/components/ui/use-action";
import type { ActionResult } from "@/services/action-result";
import type { CreateCustomField, CustomField } from "@/services/prospects/create-custom-field";
import type { EditCustomField } from "@/services/prospects/edit-custom-field";
import type { FieldType } from "@/sync/value";
import { type ChoiceDraft, ChoicesEditor, newChoice } from "./choices-editor";
import { typeOrder } from "./type-icons";

type Props = {
  /** `createCustomFieldAction`, or one's own around the same verb. */
  create: (input: CreateCustomField) => Promise<ActionResult<CustomField>>;
  onCreated: (field: CustomField) => void;
  initialType?: FieldType;
  initialName?: string;
  /** Leaves no other type to choose: the field to map it to has this one. */
  lockType?: boolean;
  onCancel?: () => void;
};

/** Makes a custom field; stands in a modal or a page, and keeps what was typed when it is refused. */
export function CustomFieldForm({
  create,
  onCreated,
  initialType = "text",
  initialName,
  lockType,
  onCancel,
}: Props) {
  const [type, setType] = useState<FieldType>(initialType);
  const { run, pending, fieldErrors } = useAction(create, { onSuccess: onCreated });
  return (
    <FieldForm
      type={type}
      onType={lockType ? undefined : setType}
      name={initialName}
      pending={pending}
      errors={fieldErrors}
      onCancel={onCancel}
      onSubmit={(name, options) => run({ name, type, options })}
      creating
    />
  );
}

type EditProps = {
  field: CustomField;
  edit: (input: EditCustomField) => Promise<ActionResult<CustomField>>;
  onEdited: (field: CustomField) => void;
  onCancel?: () => void;
};

/** Renames a field and edits its choices; the type stays. */
export function EditCustomFieldForm({ field, edit, onEdited, onCancel }: EditProps) {
  const { run, pending, fieldErrors } = useAction(edit, { onSuccess: onEdited });
  return (
    <FieldForm
      type={field.type}
      name={field.name}
      options={field.options}
      pending={pending}
      errors={fieldErrors}
      onCancel={onCancel}
      onSubmit={(name, options) => run({ id: field.id, name, options })}
    />
  );
}

type FormProps = {
  type: FieldType;
  onType?: (type: FieldType) => void;
  name?: string;
  options?: { value: string; label: string }[];
  pending: boolean;
  errors: Record<string, string>;
  onCancel?: () => void;
  onSubmit: (name: string, options: { value?: string; label: string }[]) => void;
  creating?: boolean;
};

function FieldForm({ type, onType, pending, errors, onCancel, onSubmit, creating, ...initial }: FormProps) {
  const t = useTranslations("fields");
  const common = useTranslations("common");
  const [name, setName] = useState(initial.name ?? "");
  const [choices, setChoices] = useState<ChoiceDraft[]>(() =>
    initial.options?.length
      ? initial.options.map((option) => ({ key: option.value, ...option }))
      : [newChoice(), newChoice()],
  );
  const withChoices = type === "choice" || type === "choices";
  const options = choices
    .filter(({ label }) => label.trim())
    .map(({ value, label }) => ({ value, label: label.trim() }));
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        // A form in a portal still bubbles to the form around it.
        event.stopPropagation();
        onSubmit(name, withChoices ? options : []);
      }}
    >
      <Stack>
        <TextInput
          label={t("name")}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={errors.name}
          maxLength={100}
          autoComplete="off"
          data-autofocus
        />
        <Select
          label={t("type")}
          description={onType ? t("typeHint") : t("typeFixed")}
          data={typeOrder.map((value) => ({ value, label: t(`types.${value}`) }))}
          value={type}
          disabled={!onType}
          onChange={(chosen) => onType?.((chosen ?? type) as FieldType)}
        />
        {withChoices ? (
          <ChoicesEditor choices={choices} onChange={setChoices} error={errors.options} />
        ) : null}
        <Group justify="flex-end" gap="xs">
          {onCancel ? (
            <Button variant="default" onClick={onCancel}>
              {common("cancel")}
            </Button>
          ) : null}
          <Button type="submit" loading={pending}>
            {creating ? t("create") : common("save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
