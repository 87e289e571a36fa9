"use client";

import { NavLink, Text } from "@mantine/core";
import {
  IconForms,
  IconList,
  IconMail,
  IconPlugConnected,
  IconUserCircle,
  IconUsers,
  IconUsersGroup,
} from "@tabler/icons-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import classes from "./navigation.module.css";

const work = [
  { href: "/prospects", key: "prospects", icon: IconUsers },
  { href: "/lists", key: "lists", icon: IconList },
] as const;

const settings = [
  { href: "/settings/integrations", key: "integrations", icon: IconPlugConnected },
  { href: "/settings/fields", key: "fields", icon: IconForms },
  { href: "/settings/members", key: "members", icon: IconUsersGroup },
  { href: "/settings/notices", key: "mails", icon: IconMail },
  { href: "/settings/profile", key: "profile", icon: IconUserCircle },
] as const;

export function Navigation() {
  const t = useTranslations("nav");
  return (
    <div className={classes.groups}>
      <Section items={work} />
      <Text className={classes.heading} id="nav-settings">
        {t("settings")}
      </Text>
      <Section items={settings} labelledBy="nav-settings" />
    </div>
  );
}

function Section({ items, labelledBy }: { items: typeof work | typeof settings; labelledBy?: string }) {
  const t = useTranslations("nav");
  const pathname = usePathname();
  return (
    <ul className={classes.list} aria-labelledby={labelledBy}>
      {items.map(({ href, key, icon: Icon }) => {
        const active = pathname === href || pathname.startsWith(`${href}/`);
        return (
          <li key={href}>
            <NavLink
              component={Link}
              href={href}
              label={t(key)}
              active={active}
              aria-current={active ? "page" : undefined}
              leftSection={<Icon size={18} stroke={1.6} aria-hidden />}
              classNames={{ root: classes.link }}
            />
          </li>
        );
      })}
    </ul>
  );
}
