"use client";

import { Menu, Text, UnstyledButton } from "@mantine/core";
import { IconCheck, IconSelector } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import classes from "./workspace-menu.module.css";

type Workspace = { workspaceId: string; workspaceName: string };
type Props = { workspaces: Workspace[]; currentId: string; switchTo: (workspaceId: string) => Promise<void> };

export function WorkspaceMenu({ workspaces, currentId, switchTo }: Props) {
  const t = useTranslations("nav");
  const current = workspaces.find(({ workspaceId }) => workspaceId === currentId);
  if (workspaces.length < 2) {
    return (
      <Text className={classes.single} title={current?.workspaceName}>
        {current?.workspaceName}
      </Text>
    );
  }
  return (
    <Menu width="target" position="bottom-start">
      <Menu.Target>
        <UnstyledButton
          className={classes.button}
          aria-label={t("switchWorkspace", { name: current?.workspaceName ?? "" })}
        >
          <span className={classes.name}>{current?.workspaceName}</span>
          <IconSelector size={16} stroke={1.6} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {workspaces.map(({ workspaceId, workspaceName }) => (
          <Menu.Item
            key={workspaceId}
            onClick={() => switchTo(workspaceId)}
            rightSection={
              workspaceId === currentId ? <IconCheck size={16} aria-label={t("current")} /> : null
            }
          >
            {workspaceName}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
