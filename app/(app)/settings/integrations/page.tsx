import { Alert, Stack, Text } from "@mantine/core";
import { IconAlertCircle } from "@tabler/icons-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requirePage } from "@/app/server/context";
import { ConnectCard } from "@/components/overview/connect-card";
import { IntegrationRows } from "@/components/overview/integration-rows";
import { PageHeader } from "@/components/ui/page-header";
import { type IntegrationRow, listIntegrations } from "@/db/queries/integrations-list";
import { OtherAccount } from "@/services/connections/connect-problem";

type Query = Record<string, string | string[] | undefined>;
type Props = { searchParams: Promise<Query> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("integrations"))("title") };
}

export default async function IntegrationsPage({ searchParams }: Props) {
  const ctx = await requirePage();
  const t = await getTranslations("integrations");
  const integrations = await listIntegrations(ctx.db, ctx.workspaceId);
  const query = await searchParams;
  const manages = ctx.role !== "member";
  return (
    <>
      <PageHeader title={t("title")} description={t("description")} />
      <Stack gap="lg">
        {typeof query.problem === "string" ? (
          <Problem code={query.problem} query={query} integrations={integrations} />
        ) : null}
        <ConnectCard connected={integrations.some(({ disconnected }) => !disconnected)} manages={manages} />
        <IntegrationRows integrations={integrations} manages={manages} />
      </Stack>
    </>
  );
}

/** Why the last try to connect came to nothing. */
async function Problem({
  code,
  query,
  integrations,
}: {
  code: string;
  query: Query;
  integrations: IntegrationRow[];
}) {
  const t = await getTranslations("integrations");
  const problems = await getTranslations("connectProblem");
  const chosen = code === "other_account" ? OtherAccount.safeParse(query).data : undefined;
  const own = integrations.find(({ id }) => id === chosen?.integration);
  const other = chosen && { accountName: chosen.name, accountId: chosen.chosen };
  const named = ({ accountName, accountId }: Pick<IntegrationRow, "accountName" | "accountId">) =>
    accountName === accountId ? accountId : t("accountNamed", { name: accountName, id: accountId });
  return (
    <Alert
      role="alert"
      color={code === "consent_denied" ? "gray" : "red"}
      icon={<IconAlertCircle size={20} />}
      title={t("problemTitle")}
    >
      {own && other ? (
        <>
          <Text>{t("otherAccount", { own: named(own), chosen: named(other) })}</Text>
          <Text mt="xs">{t("otherAccountTodo", { own: own.accountName, chosen: other.accountName })}</Text>
        </>
      ) : (
        problems(problems.has(code) ? code : "unexpected")
      )}
    </Alert>
  );
}
