"use client";

import { Avatar, Menu, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { IconLogout, IconSelector, IconUserCircle } from "@tabler/icons-react";
import Link from "next/link";
import { signOut } from "next-auth/react";
import { useTranslations } from "next-intl";
import classes from "./person-menu.module.css";

export function PersonMenu({ name, email }: { name: string; email: string }) {
  const t = useTranslations("nav");
  return (
    <Menu width="target" position="top-start">
      <Menu.Target>
        <UnstyledButton className={classes.button}>
          <Avatar name={name} size={32} color="accent" variant="light" radius="xl" aria-hidden />
          <span className={classes.lines}>
            <VisuallyHidden>{t("accountMenu", { name })}</VisuallyHidden>
            <span className={classes.name} aria-hidden>
              {name}
            </span>
            <span className={classes.email}>{email}</span>
          </span>
          <IconSelector size={16} stroke={1.6} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component={Link} href="/settings/profile" leftSection={<IconUserCircle size={16} />}>
          {t("profile")}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconLogout size={16} />}
          onClick={() => signOut({ callbackUrl: "/sign-in" })}
        >
          {t("signOut")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
