"use client";

import { Button, Group, Select, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ListNameDialog } from "@/components/prospects/list-name-dialog";
import { useAction } from "@/components/ui/use-action";
import { Question } from "./question";
import type { IntegrationActions, SectionProps } from "./section";

type Props = {
  lists: SectionProps["settings"]["lists"];
  value: string | null;
  onChange: (id: string | null) => void;
  description: string;
  error?: string;
  create: IntegrationActions["createList"];
};

/** The one required choice: the list that contacts from HubSpot land in. */
export function ReceivingList({ lists, value, onChange, description, error, create }: Props) {
  const t = useTranslations("dataSettings.receiving");
  const [creating, setCreating] = useState(false);
  /** Until the page has read the lists again. */
  const [made, setMade] = useState<{ id: string; name: string } | null>(null);
  const { run, pending, fieldErrors } = useAction(create, {
    onSuccess: (list) => {
      setMade(list);
      onChange(list.id);
      setCreating(false);
    },
  });
  const counts = new Map(lists.map(({ id, prospects }) => [id, prospects]));
  const options = made && !counts.has(made.id) ? [...lists, made] : lists;
  const known = options.some(({ id }) => id === value);
  return (
    <Question title={t("title")} description={description}>
      <Group align="flex-start" gap="xs">
        <Select
          flex={1}
          miw={200}
          maw={420}
          label={t("label")}
          placeholder={t("placeholder")}
          withAsterisk
          searchable={options.length > 8}
          data={options.map(({ id, name }) => ({ value: id, label: name }))}
          value={known ? value : null}
          onChange={onChange}
          error={error}
          nothingFoundMessage={t("noneFound")}
          renderOption={({ option }) => (
            <Group justify="space-between" wrap="nowrap" gap="md" w="100%">
              <span>{option.label}</span>
              <Text span size="xs" c="dimmed">
                {t("prospects", { count: counts.get(option.value) ?? 0 })}
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
          {t("create")}
        </Button>
      </Group>
      <ListNameDialog
        opened={creating}
        title={t("createTitle")}
        confirmLabel={t("createConfirm")}
        pending={pending}
        error={fieldErrors.name}
        onClose={() => setCreating(false)}
        onSubmit={(name) => run({ name })}
      />
    </Question>
  );
}
