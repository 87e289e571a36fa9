"use client";

import { Button, Menu } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { ConflictRow } from "@/services/conflicts/read-page";
import { groupOf } from "./kind-choices";
import { type Reach, reachesOf } from "./reach";

type Props = {
  conflict: ConflictRow;
  about: string;
  opened: boolean;
  onOpen: (open: boolean) => void;
  onReach: (reach: Reach) => void;
};

/** How far a choice shall reach: what it would be about, and the choice, come next. */
export function ReachMenu({ conflict, about, opened, onOpen, onReach }: Props) {
  const t = useTranslations("conflicts");
  return (
    <Menu
      opened={opened}
      onChange={onOpen}
      // Hidden while its button is out of view, as after a phone was turned, it would lose the focus.
      hideDetached={false}
      // A menu holds nothing but its items, and stands within the page's main part.
      withInitialFocusPlaceholder={false}
      portalProps={{ target: "#content" }}
    >
      <Menu.Target>
        <Button variant="subtle" size="xs" aria-label={t("choose.named", { choice: t("reach.open"), about })}>
          {t("reach.open")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {reachesOf(conflict).map((reach) => (
          <Menu.Item key={reach} onClick={() => onReach(reach)}>
            {t(reach === "like" ? `reach.like.${groupOf(conflict)}` : `reach.${reach}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
