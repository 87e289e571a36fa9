"use client";

import { ActionIcon, Button, Group, Input, Stack, TextInput } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";

/** `key` tells rows apart while they have no value yet. */
export type ChoiceDraft = { key: string; value?: string; label: string };

type Props = { choices: ChoiceDraft[]; onChange: (choices: ChoiceDraft[]) => void; error?: string };

export function newChoice(label = ""): ChoiceDraft {
  return { key: crypto.randomUUID(), label };
}

export function ChoicesEditor({ choices, onChange, error }: Props) {
  const t = useTranslations("fields");
  const last = useRef<HTMLInputElement>(null);
  const count = useRef(choices.length);
  useEffect(() => {
    if (choices.length > count.current) last.current?.focus();
    count.current = choices.length;
  }, [choices.length]);

  const swap = (from: number, to: number) => {
    const next = [...choices];
    const [moved] = next.splice(from, 1);
    if (moved) next.splice(to, 0, moved);
    onChange(next);
  };
  return (
    <Input.Wrapper label={t("choices")} description={t("choicesHint")} error={error} labelElement="div">
      <Stack gap="xs" mt="xs" role="group" aria-label={t("choices")}>
        {choices.map((choice, index) => (
          <Group key={choice.key} gap={4} wrap="nowrap">
            <TextInput
              ref={index === choices.length - 1 ? last : undefined}
              flex={1}
              aria-label={t("choiceNumber", { number: index + 1 })}
              value={choice.label}
              maxLength={200}
              onChange={(event) => {
                const label = event.currentTarget.value;
                onChange(choices.map((other) => (other.key === choice.key ? { ...other, label } : other)));
              }}
              onKeyDown={(event) => {
                if (event.key !== "Enter") return;
                event.preventDefault();
                if (choice.label.trim()) onChange([...choices, newChoice()]);
              }}
            />
            <ActionIcon
              aria-label={t("moveUp", { number: index + 1 })}
              disabled={index === 0}
              onClick={() => swap(index, index - 1)}
            >
              <IconArrowUp size={16} stroke={1.6} />
            </ActionIcon>
            <ActionIcon
              aria-label={t("moveDown", { number: index + 1 })}
              disabled={index === choices.length - 1}
              onClick={() => swap(index, index + 1)}
            >
              <IconArrowDown size={16} stroke={1.6} />
            </ActionIcon>
            <ActionIcon
              aria-label={t("removeChoice", { number: index + 1 })}
              disabled={choices.length === 1}
              onClick={() => onChange(choices.filter(({ key }) => key !== choice.key))}
            >
              <IconTrash size={16} stroke={1.6} />
            </ActionIcon>
          </Group>
        ))}
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconPlus size={16} stroke={1.6} />}
          onClick={() => onChange([...choices, newChoice()])}
          style={{ alignSelf: "flex-start" }}
        >
          {t("addChoice")}
        </Button>
      </Stack>
    </Input.Wrapper>
  );
}
