"use client";

import { Combobox, Group, InputBase, ScrollArea, Text, useCombobox } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { type RefObject, useEffect, useState } from "react";
import { typeIcons } from "@/components/fields/type-icons";
import type { FieldType } from "@/sync/value";
import classes from "./field-combobox.module.css";

export type FieldChoice = { key: string; name: string; type: FieldType; note?: string };
export type FieldGroup = { label: string; fields: FieldChoice[] };

type Props = {
  label: string;
  placeholder: string;
  groups: FieldGroup[];
  value: FieldChoice | null;
  onChange: (key: string) => void;
  /** The last entry: makes a field that is not there yet. */
  createLabel: string;
  onCreate: (typed: string) => void;
  disabled?: boolean;
  error?: string;
  inputRef?: RefObject<HTMLInputElement | null>;
};

const create = "+";

/** Finds a field by any part of its name, shows its type, and ends with "create a new one". */
export function FieldCombobox({ groups, value, onChange, onCreate, createLabel, inputRef, ...input }: Props) {
  const t = useTranslations("mapping");
  const [typed, setTyped] = useState<string | null>(null);
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption();
      setTyped(null);
    },
    onDropdownOpen: () => combobox.resetSelectedOption(),
  });
  const { selectFirstOption } = combobox;
  useEffect(() => {
    if (typed) selectFirstOption();
  }, [typed, selectFirstOption]);
  const found = groups
    .map((group) => ({ ...group, fields: group.fields.filter(({ name }) => reads(name, typed ?? "")) }))
    .filter(({ fields }) => fields.length);
  const Icon = value ? typeIcons[value.type] : null;

  function submit(key: string) {
    const text = typed?.trim() ?? "";
    combobox.closeDropdown();
    if (key === create) onCreate(text);
    else onChange(key);
  }
  return (
    <Combobox store={combobox} onOptionSubmit={submit} withinPortal={false}>
      <Combobox.Target withExpandedAttribute>
        <InputBase
          ref={inputRef}
          {...input}
          classNames={{ label: classes.label }}
          leftSection={Icon ? <Icon size={16} stroke={1.6} aria-hidden /> : undefined}
          rightSection={<Combobox.Chevron />}
          rightSectionPointerEvents="none"
          autoComplete="off"
          value={typed ?? value?.name ?? ""}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            combobox.openDropdown();
          }}
          onClick={() => combobox.openDropdown()}
          onFocus={(event) => event.currentTarget.select()}
          onBlur={() => combobox.closeDropdown()}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options>
          <ScrollArea.Autosize mah={272} type="scroll">
            {found.map((group) => (
              <Combobox.Group key={group.label} label={group.label}>
                {group.fields.map((field) => (
                  <FieldOption key={field.key} field={field} active={field.key === value?.key} />
                ))}
              </Combobox.Group>
            ))}
            {found.length ? null : <Combobox.Empty>{t("nothingFound")}</Combobox.Empty>}
          </ScrollArea.Autosize>
          <Combobox.Option value={create} className={classes.create}>
            <Group gap={8} wrap="nowrap">
              <IconPlus size={16} stroke={1.6} aria-hidden />
              {createLabel}
            </Group>
          </Combobox.Option>
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

function FieldOption({ field, active }: { field: FieldChoice; active: boolean }) {
  const t = useTranslations("fields.types");
  const Icon = typeIcons[field.type];
  return (
    <Combobox.Option value={field.key} active={active} aria-selected={active}>
      <Group gap={8} wrap="nowrap">
        <Icon size={16} stroke={1.6} className={classes.icon} title={t(field.type)} />
        <span className={classes.name}>{field.name}</span>
        {field.note ? (
          <Text span size="xs" c="dimmed" className={classes.note}>
            {field.note}
          </Text>
        ) : null}
      </Group>
    </Combobox.Option>
  );
}

function reads(name: string, typed: string): boolean {
  const words = plain(typed).split(/\s+/);
  return words.every((word) => plain(name).includes(word));
}

function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
}
