"use client";

import { Alert, Button, Group, List, Modal, Stack, Table, Text, VisuallyHidden } from "@mantine/core";
import { IconAlertTriangle, IconForms, IconPlus } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { Day } from "@/components/ui/formatted";
import { PageHeader } from "@/components/ui/page-header";
import { TableFrame } from "@/components/ui/table-frame";
import { useAction } from "@/components/ui/use-action";
import type { ActionResult } from "@/services/action-result";
import type { CreateCustomField, CustomField } from "@/services/prospects/create-custom-field";
import type { CustomFieldUse, DeleteCustomField } from "@/services/prospects/delete-custom-field";
import type { EditCustomField } from "@/services/prospects/edit-custom-field";
import { CustomFieldForm, EditCustomFieldForm } from "./custom-field-form";
import { typeIcons } from "./type-icons";

type Field = CustomField & { createdAt: string };
type Props = {
  fields: Field[];
  /** Deleting is for owners and admins. */
  mayDelete: boolean;
  actions: {
    create: (input: CreateCustomField) => Promise<ActionResult<CustomField>>;
    edit: (input: EditCustomField) => Promise<ActionResult<CustomField>>;
    remove: (input: DeleteCustomField) => Promise<ActionResult<{ stopped: number }>>;
    uses: (input: { id: string }) => Promise<ActionResult<CustomFieldUse[]>>;
  };
};

export function FieldsTable({ fields, mayDelete, actions }: Props) {
  const t = useTranslations("fields");
  const common = useTranslations("common");
  const router = useRouter();
  const [creating, setCreating] = useState(false);
  const [editing, setEditing] = useState<Field | null>(null);
  const [deleting, setDeleting] = useState<{ field: Field; uses: CustomFieldUse[] } | null>(null);
  const uses = useAction(actions.uses);
  const remove = useAction(actions.remove, {
    successMessage: t("deleted"),
    onSuccess: () => {
      setDeleting(null);
      router.refresh();
    },
    // A use that came meanwhile: ask again, with it in the list.
    onFailure: ({ code }) => {
      if (code === "in_use" && deleting) void ask(deleting.field);
      return undefined;
    },
  });
  async function ask(field: Field) {
    const found = await uses.run({ id: field.id });
    if (found.ok) setDeleting({ field, uses: found.data });
  }
  function done() {
    setCreating(false);
    setEditing(null);
    router.refresh();
  }
  const add = (
    <Button leftSection={<IconPlus size={16} stroke={1.6} />} onClick={() => setCreating(true)}>
      {t("add")}
    </Button>
  );
  return (
    <>
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={fields.length ? add : undefined}
      />
      {fields.length ? (
        <TableFrame label={t("title")} minWidth={0}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("name")}</Table.Th>
                <Table.Th visibleFrom="sm">{t("type")}</Table.Th>
                <Table.Th visibleFrom="md">{t("created")}</Table.Th>
                <Table.Th>
                  <VisuallyHidden>{common("actions")}</VisuallyHidden>
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {fields.map((field) => (
                <Table.Tr key={field.id}>
                  <Table.Td style={{ overflowWrap: "anywhere" }}>
                    <Text size="sm" fw={500}>
                      {field.name}
                    </Text>
                    <Text size="xs" c="dimmed" hiddenFrom="sm">
                      {t(`types.${field.type}`)}
                    </Text>
                  </Table.Td>
                  <Table.Td visibleFrom="sm">
                    <TypeName type={field.type} />
                    {field.options.length ? (
                      <Text size="xs" c="dimmed" lineClamp={1}>
                        {field.options.map(({ label }) => label).join(" · ")}
                      </Text>
                    ) : null}
                  </Table.Td>
                  <Table.Td visibleFrom="md" c="dimmed">
                    <Day value={field.createdAt} />
                  </Table.Td>
                  <Table.Td>
                    <Group gap={4} justify="flex-end" wrap="nowrap">
                      <Button
                        variant="subtle"
                        size="compact-sm"
                        aria-label={t("editNamed", { name: field.name })}
                        onClick={() => setEditing(field)}
                      >
                        {common("edit")}
                      </Button>
                      {mayDelete ? (
                        <Button
                          variant="subtle"
                          color="red"
                          size="compact-sm"
                          aria-label={t("deleteNamed", { name: field.name })}
                          onClick={() => ask(field)}
                        >
                          {common("delete")}
                        </Button>
                      ) : null}
                    </Group>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </TableFrame>
      ) : (
        <EmptyState
          icon={<IconForms size={22} stroke={1.6} />}
          title={t("emptyTitle")}
          description={t("emptyText")}
          action={add}
        />
      )}
      <Modal
        opened={creating}
        onClose={() => setCreating(false)}
        title={t("add")}
        closeButtonProps={{ "aria-label": common("close") }}
      >
        <CustomFieldForm create={actions.create} onCreated={done} onCancel={() => setCreating(false)} />
      </Modal>
      <Modal
        opened={editing !== null}
        onClose={() => setEditing(null)}
        title={t("edit")}
        closeButtonProps={{ "aria-label": common("close") }}
      >
        {editing ? (
          <EditCustomFieldForm
            key={editing.id}
            field={editing}
            edit={actions.edit}
            onEdited={done}
            onCancel={() => setEditing(null)}
          />
        ) : null}
      </Modal>
      <ConfirmDialog
        opened={deleting !== null}
        onClose={() => setDeleting(null)}
        title={t("deleteTitle", { name: deleting?.field.name ?? "" })}
        confirmLabel={deleting?.uses.length ? t("deleteAndStop") : t("deleteConfirm")}
        danger
        pending={remove.pending}
        onConfirm={() =>
          deleting &&
          remove.run({
            id: deleting.field.id,
            confirmedUses: deleting.uses.map(({ mappingId, integrationId }) => mappingId ?? integrationId),
          })
        }
      >
        <Stack gap="sm">
          {deleting?.uses.length ? (
            <Alert color="orange" icon={<IconAlertTriangle size={20} />} title={t("usedTitle")}>
              <List size="sm" spacing={4}>
                {deleting.uses.map((use) => (
                  <List.Item key={use.mappingId ?? use.integrationId}>
                    {use.mappingId
                      ? t("usedMapping", {
                          field: deleting.field.name,
                          property: use.propertyLabel ?? use.hubspotProperty ?? "",
                          account: use.accountName,
                        })
                      : t("usedConstant", { account: use.accountName })}
                  </List.Item>
                ))}
              </List>
              <Text size="sm" mt="xs">
                {t("usedText")}
              </Text>
            </Alert>
          ) : null}
          <Text size="sm">{t("deleteText")}</Text>
        </Stack>
      </ConfirmDialog>
    </>
  );
}

function TypeName({ type }: { type: Field["type"] }) {
  const t = useTranslations("fields");
  const Icon = typeIcons[type];
  return (
    <Group gap={6} wrap="nowrap">
      <Icon size={16} stroke={1.6} color="var(--mantine-color-dimmed)" aria-hidden />
      <Text size="sm">{t(`types.${type}`)}</Text>
    </Group>
  );
}
