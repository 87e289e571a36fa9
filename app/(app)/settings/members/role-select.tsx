"use client";

import { Select, Stack, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { Role } from "@/db/queries/workspaces";

type Props = {
  value: Role;
  onChange: (role: Role) => void;
  /** Only owners give and take the role owner. */
  actorRole: Role;
  label?: string;
  ariaLabel?: string;
  disabled?: boolean;
};

const rolesByRank: Role[] = ["owner", "admin", "member"];

export function RoleSelect({ value, onChange, actorRole, label, ariaLabel, disabled }: Props) {
  const t = useTranslations("members");
  const offered = rolesByRank.filter((role) => actorRole === "owner" || role !== "owner");
  return (
    <Select
      label={label}
      aria-label={ariaLabel}
      value={value}
      disabled={disabled}
      data={offered.map((role) => ({ value: role, label: t(role) }))}
      onChange={(role) => role && onChange(role as Role)}
      comboboxProps={{ width: 300, position: "bottom-start" }}
      renderOption={({ option }) => (
        <Stack gap={0}>
          <Text size="sm" fw={500}>
            {option.label}
          </Text>
          <Text size="xs" c="dimmed">
            {t(`${option.value as Role}Text`)}
          </Text>
        </Stack>
      )}
    />
  );
}
