"use client";

import { ActionIcon, Group, Select, Stack, Text } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { IntegrationSettings, MappingSetting } from "@/services/integrations/read-settings";
import { type Policy, policies } from "@/sync/policy";
import { Question } from "./question";
import type { SafetyChoices } from "./section";
import { useSnovFieldName } from "./use-snov-field-name";

type Exceptions = SafetyChoices["exceptions"];
type Props = {
  mappings: MappingSetting[];
  /** The integration's. */
  policy: Policy;
  exceptions: Exceptions;
  onChange: (exceptions: Exceptions) => void;
};

export function exceptionsOf({ mappings }: Pick<IntegrationSettings, "mappings">): Exceptions {
  return Object.fromEntries(mappings.flatMap(({ id, policy }) => (policy ? [[id, policy]] : [])));
}

/** Fields that do not follow the integration's policy; a rule made from a conflict is one of them. */
export function FieldExceptions({ mappings, policy, exceptions, onChange }: Props) {
  const t = useTranslations("safety.exceptions");
  const names = useTranslations("safety.policy");
  const nameOf = useSnovFieldName();
  const fieldName = ({ snovField, snovLabel }: MappingSetting) => nameOf(snovField, snovLabel);
  const own = mappings.filter(({ id }) => exceptions[id]);
  const others = mappings.filter(({ id }) => !exceptions[id]);
  const choices = policies.map((one) => ({ value: one, label: names(`${one}.name`) }));
  function without(mappingId: string) {
    const { [mappingId]: _, ...left } = exceptions;
    onChange(left);
  }
  return (
    <Question title={t("title")} description={t("text")}>
      <Stack gap="sm">
        {own.map((mapping) => {
          const field = fieldName(mapping);
          return (
            <Group key={mapping.id} gap="xs" align="flex-end" wrap="nowrap">
              <Select
                label={field}
                data={choices}
                value={exceptions[mapping.id] ?? null}
                allowDeselect={false}
                w="100%"
                maw={360}
                onChange={(chosen) => onChange({ ...exceptions, [mapping.id]: chosen as Policy })}
              />
              <ActionIcon
                variant="subtle"
                color="gray"
                size="lg"
                aria-label={t("remove", { field })}
                onClick={() => without(mapping.id)}
              >
                <IconTrash size={16} stroke={1.6} />
              </ActionIcon>
            </Group>
          );
        })}
        {own.length ? null : (
          <Text size="sm" c="dimmed">
            {t("none")}
          </Text>
        )}
        <Select
          label={t("add")}
          placeholder={t("choose")}
          searchable
          maw={360}
          data={others.map((mapping) => ({ value: mapping.id, label: fieldName(mapping) }))}
          value={null}
          onChange={(mappingId) =>
            mappingId &&
            onChange({ ...exceptions, [mappingId]: policies.find((one) => one !== policy) ?? "ask" })
          }
        />
      </Stack>
    </Question>
  );
}
