"use client";

import { ActionIcon, Button, Group, Input, Stack, TextInput, Tooltip } from "@mantine/core";
import { IconPlus, IconStar, IconStarFilled, IconTrash } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useRef } from "react";

type Props = {
  kind: "emails" | "phones";
  label: string;
  value: string[];
  onChange: (value: string[]) => void;
  error?: ReactNode;
};

/** Several addresses or numbers; the first one is the primary one. */
export function TextListInput({ kind, label, value, onChange, error }: Props) {
  const t = useTranslations("prospects");
  const items = value.length ? value : [""];
  const last = useRef<HTMLInputElement>(null);
  const count = useRef(items.length);
  useEffect(() => {
    if (items.length > count.current) last.current?.focus();
    count.current = items.length;
  }, [items.length]);
  const set = (index: number, text: string) =>
    onChange(items.map((item, other) => (other === index ? text : item)));
  return (
    <Input.Wrapper label={label} error={error} labelElement="div" styles={{ label: { marginBottom: 4 } }}>
      <Stack gap="xs" role="group" aria-label={label}>
        {items.map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
          <Group key={index} gap={4} wrap="nowrap">
            <TextInput
              ref={index === items.length - 1 ? last : undefined}
              flex={1}
              type={kind === "emails" ? "email" : "tel"}
              autoComplete="off"
              aria-label={t(`${kind}.number`, { number: index + 1 })}
              value={item}
              error={Boolean(error)}
              onChange={(event) => set(index, event.currentTarget.value)}
            />
            {items.length > 1 ? (
              <>
                <Tooltip label={index === 0 ? t(`${kind}.isPrimary`) : t(`${kind}.makePrimary`)}>
                  <ActionIcon
                    aria-label={index === 0 ? t(`${kind}.isPrimary`) : t(`${kind}.makePrimary`)}
                    aria-pressed={index === 0}
                    color={index === 0 ? "accent" : "gray"}
                    onClick={() => onChange([item, ...items.filter((_, other) => other !== index)])}
                  >
                    {index === 0 ? <IconStarFilled size={16} /> : <IconStar size={16} stroke={1.6} />}
                  </ActionIcon>
                </Tooltip>
                <ActionIcon
                  aria-label={t(`${kind}.remove`, { number: index + 1 })}
                  onClick={() => onChange(items.filter((_, other) => other !== index))}
                >
                  <IconTrash size={16} stroke={1.6} />
                </ActionIcon>
              </>
            ) : null}
          </Group>
        ))}
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconPlus size={16} stroke={1.6} />}
          onClick={() => onChange([...items, ""])}
          style={{ alignSelf: "flex-start" }}
        >
          {t(`${kind}.add`)}
        </Button>
      </Stack>
    </Input.Wrapper>
  );
}
