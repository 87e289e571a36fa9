"use client";

import { Modal } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { CustomFieldForm } from "@/components/fields/custom-field-form";
import type { ActionResult } from "@/services/action-result";
import type { CreateCustomField, CustomField } from "@/services/prospects/create-custom-field";
import type { FieldDefinition } from "@/sync/field-definition";
import type { Side } from "@/sync/side";
import { customFieldKey } from "@/sync/snov-fields";
import type { FieldType } from "@/sync/value";
import type { IntegrationActions } from "./section";

type Props = {
  side: Side;
  opened: boolean;
  onClose: () => void;
  onCreated: (field: FieldDefinition) => void;
  /** The only type that fits, where a field is made for another one. */
  type?: FieldType;
  integrationId: string;
  actions: Pick<IntegrationActions, "createCustomField" | "createHubspotProperty">;
};

/** "+ Create custom field", on either side. */
export function CreateFieldDialog({ side, opened, onClose, onCreated, type, integrationId, actions }: Props) {
  const t = useTranslations("wizard.createField");
  const common = useTranslations("common");
  const { createCustomField, createHubspotProperty } = actions;
  const create = useCallback(
    (input: CreateCustomField) =>
      side === "snov"
        ? createCustomField(input)
        : createHubspotProperty({ integrationId, ...input, label: input.name }).then(asCustomField),
    [side, integrationId, createCustomField, createHubspotProperty],
  );
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t(side)}
      closeButtonProps={{ "aria-label": common("close") }}
    >
      <CustomFieldForm
        create={create}
        onCreated={(field) => onCreated(asDefinition(side, field))}
        onCancel={onClose}
        initialType={type}
        lockType={type !== undefined}
      />
    </Modal>
  );
}

function asDefinition(side: Side, { id, name, type, options }: CustomField): FieldDefinition {
  const key = side === "snov" ? customFieldKey(id) : id;
  return { side, key, label: name, type, options, writable: true, custom: true };
}

/** HubSpot's property in the form's words: its label is the name that people gave. */
function asCustomField(result: ActionResult<FieldDefinition>): ActionResult<CustomField> {
  if (result.ok) {
    const { key, label, type, options } = result.data;
    return { ok: true, data: { id: key, name: label, type, options } };
  }
  const { label, ...fields } = result.error.fields ?? {};
  if (!label) return result;
  return { ok: false, error: { ...result.error, fields: { ...fields, name: label } } };
}
