"use client";

import { Button, Modal } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconUserPlus } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Role } from "@/db/queries/workspaces";
import { InvitationLink } from "./invitation-link";
import { InviteForm } from "./invite-form";

export function InviteButton({ actorRole }: { actorRole: Role }) {
  const t = useTranslations("members");
  const common = useTranslations("common");
  const [opened, { open, close }] = useDisclosure(false);
  const [link, setLink] = useState<string | null>(null);
  return (
    <>
      <Button leftSection={<IconUserPlus size={18} stroke={1.6} />} onClick={open}>
        {t("invite")}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        onExitTransitionEnd={() => setLink(null)}
        title={t("inviteTitle")}
        closeButtonProps={{ "aria-label": common("close") }}
      >
        {link ? (
          <InvitationLink link={link} onDone={close} />
        ) : (
          <InviteForm actorRole={actorRole} onLink={setLink} />
        )}
      </Modal>
    </>
  );
}
