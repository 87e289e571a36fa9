import { Alert, Stack } from "@mantine/core";
import { IconAlertCircle } from "@tabler/icons-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requirePage } from "@/app/server/context";
import { ConnectCard } from "@/components/overview/connect-card";
import { IntegrationRows } from "@/components/overview/integration-rows";
import { PageHeader } from "@/components/ui/page-header";
import { listIntegrations } from "@/db/queries/integrations-list";

type Props = { searchParams: Promise<{ problem?: string | string[] }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("integrations"))("title") };
}

export default async function IntegrationsPage({ searchParams }: Props) {
  const ctx = await requirePage();
  const t = await getTranslations("integrations");
  const integrations = await listIntegrations(ctx.db, ctx.workspaceId);
  const { problem } = await searchParams;
  const manages = ctx.role !== "member";
  return (
    <>
      <PageHeader title={t("title")} description={t("description")} />
      <Stack gap="lg">
        {typeof problem === "string" ? <Problem code={problem} /> : null}
        <ConnectCard connected={integrations.some(({ disconnected }) => !disconnected)} manages={manages} />
        <IntegrationRows integrations={integrations} manages={manages} />
      </Stack>
    </>
  );
}

/** Why the last try to connect came to nothing. */
async function Problem({ code }: { code: string }) {
  const t = await getTranslations("integrations");
  const problems = await getTranslations("connectProblem");
  return (
    <Alert
      role="alert"
      color={code === "consent_denied" ? "gray" : "red"}
      icon={<IconAlertCircle size={20} />}
      title={t("problemTitle")}
    >
      {problems(problems.has(code) ? code : "unexpected")}
    </Alert>
  );
}
