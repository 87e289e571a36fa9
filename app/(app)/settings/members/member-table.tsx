"use client";

import { Table, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { DateTime } from "@/components/ui/formatted";
import { TableFrame } from "@/components/ui/table-frame";
import { useAction } from "@/components/ui/use-action";
import type { Member, Role } from "@/db/queries/workspaces";
import { changeRoleAction } from "./actions";
import { RemoveMember } from "./remove-member";
import { RoleSelect } from "./role-select";

type Actor = { userId: string; role: Role };

export function MemberTable({ members, actor }: { members: Member[]; actor: Actor }) {
  const t = useTranslations("members");
  const common = useTranslations("common");
  const { run, pending } = useAction(changeRoleAction, { successMessage: t("roleChanged") });
  const owners = members.filter(({ role }) => role === "owner").length;
  return (
    <TableFrame label={t("title")} minWidth={640}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t("name")}</Table.Th>
            <Table.Th scope="col" w={200}>
              {t("role")}
            </Table.Th>
            <Table.Th scope="col">{t("joined")}</Table.Th>
            <Table.Th scope="col" aria-label={common("actions")} w={64} />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {members.map((member) => {
            const self = member.userId === actor.userId;
            const lastOwner = member.role === "owner" && owners === 1;
            const rankOver = actor.role === "owner" || (actor.role === "admin" && member.role !== "owner");
            return (
              <Table.Tr key={member.userId}>
                <Table.Td>
                  <Text fw={500} size="sm">
                    {member.name}
                    {self ? (
                      <Text span c="dimmed" size="sm" fw={400}>
                        {` (${t("you")})`}
                      </Text>
                    ) : null}
                  </Text>
                  <Text size="sm" c="dimmed">
                    {member.email}
                  </Text>
                </Table.Td>
                <Table.Td>
                  {rankOver && !lastOwner ? (
                    <RoleSelect
                      value={member.role}
                      actorRole={actor.role}
                      ariaLabel={t("roleOf", { name: member.name })}
                      disabled={pending}
                      onChange={(role) => run({ userId: member.userId, role })}
                    />
                  ) : (
                    t(member.role)
                  )}
                </Table.Td>
                <Table.Td c="dimmed">
                  <DateTime value={member.joinedAt} />
                </Table.Td>
                <Table.Td>
                  {(rankOver || self) && !lastOwner ? <RemoveMember member={member} self={self} /> : null}
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </TableFrame>
  );
}
