"use client";

import { AppShell, Box, Burger, Group, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect } from "react";
import classes from "./app-frame.module.css";
import { Mark } from "./mark";
import { Navigation } from "./navigation";

type Props = { children: ReactNode; bell: ReactNode; workspaceMenu: ReactNode; personMenu: ReactNode };

export function AppFrame({ children, bell, workspaceMenu, personMenu }: Props) {
  const t = useTranslations("nav");
  const [opened, { toggle, close }] = useDisclosure(false);
  const pathname = usePathname();
  // biome-ignore lint/correctness/useExhaustiveDependencies: arriving on another page closes the menu
  useEffect(close, [pathname]);
  return (
    <AppShell
      layout="alt"
      header={{ height: { base: 56, sm: 0 } }}
      navbar={{ width: 244, breakpoint: "sm", collapsed: { mobile: !opened } }}
      padding={0}
    >
      <a className={classes.skip} href="#content">
        {t("skipToContent")}
      </a>
      <AppShell.Header hiddenFrom="sm" className={classes.header}>
        <Group h="100%" px="md" gap="sm">
          <Burger
            opened={opened}
            onClick={toggle}
            size="sm"
            aria-label={t("openMenu")}
            aria-expanded={opened}
          />
          <Mark size={24} />
          <Text fw={600}>Instep</Text>
          <Box ml="auto">{bell}</Box>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar className={classes.navbar} aria-label={t("main")}>
        <Group justify="space-between" wrap="nowrap" className={classes.brand}>
          <Group gap="xs" wrap="nowrap">
            <Mark size={26} />
            <Text fw={600} size="lg">
              Instep
            </Text>
          </Group>
          <Box visibleFrom="sm">{bell}</Box>
          <Burger opened onClick={close} size="sm" hiddenFrom="sm" aria-label={t("closeMenu")} />
        </Group>
        {workspaceMenu}
        <Navigation />
        <div className={classes.person}>{personMenu}</div>
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1} className={classes.main}>
        <div className={classes.page}>{children}</div>
      </AppShell.Main>
    </AppShell>
  );
}
