"use client";

import { Button, Table, Title } from "@mantine/core";
import { useTranslations } from "next-intl";
import { DateTime } from "@/components/ui/formatted";
import { TableFrame } from "@/components/ui/table-frame";
import { useAction } from "@/components/ui/use-action";
import type { OpenInvitation, Role } from "@/db/queries/workspaces";
import { withdrawInvitationAction } from "./actions";

type Props = { invitations: OpenInvitation[]; actorRole: Role };

export function InvitationTable({ invitations, actorRole }: Props) {
  const t = useTranslations("members");
  const common = useTranslations("common");
  const { run, pending } = useAction(withdrawInvitationAction, { successMessage: t("withdrawn") });
  return (
    <section>
      <Title order={2} mt="xl" mb="sm">
        {t("invitations")}
      </Title>
      <TableFrame label={t("invitations")} minWidth={640}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t("email")}</Table.Th>
              <Table.Th scope="col">{t("role")}</Table.Th>
              <Table.Th scope="col">{t("expires")}</Table.Th>
              <Table.Th scope="col" aria-label={common("actions")} />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {invitations.map(({ id, email, role, expiresAt }) => (
              <Table.Tr key={id}>
                <Table.Td>{email}</Table.Td>
                <Table.Td>{t(role)}</Table.Td>
                <Table.Td c="dimmed">
                  <DateTime value={expiresAt} />
                </Table.Td>
                <Table.Td ta="right">
                  {actorRole === "owner" || role !== "owner" ? (
                    <Button
                      variant="subtle"
                      size="xs"
                      disabled={pending}
                      aria-label={t("withdrawFor", { email })}
                      onClick={() => run({ invitationId: id })}
                    >
                      {t("withdraw")}
                    </Button>
                  ) : null}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </TableFrame>
    </section>
  );
}
