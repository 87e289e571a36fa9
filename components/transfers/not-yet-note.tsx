import { Alert, Group, Loader } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { TextLink } from "@/components/ui/text-link";
import type { Overview } from "@/services/integrations/read-overview";
import type { TransferRow } from "@/services/transfers/list-transfers";

type Props = Pick<Overview, "state" | "existingLinked"> & {
  integrationId: string;
  open: TransferRow | null;
};

/** Why a preview cannot start yet, or what it would put an end to. */
export function NotYetNote({ integrationId, state, existingLinked, open }: Props) {
  const t = useTranslations("transfers.new");
  const own = `/settings/integrations/${integrationId}`;
  if (state !== "active") return note("notActive", own);
  if (open) {
    const preview = open.state === "previewing" || open.state === "previewed";
    return note(preview ? "previewOpen" : "open", `${own}/transfers/${open.runId}`);
  }
  if (existingLinked) return null;
  return (
    <Alert color="gray" variant="default" role="status">
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <Loader size="xs" mt={3} aria-hidden />
        <span>{t("linking")}</span>
      </Group>
    </Alert>
  );

  function note(key: "notActive" | "previewOpen" | "open", href: string) {
    return (
      <Alert color="orange" icon={<IconInfoCircle size={20} />}>
        {t.rich(key, {
          link: (words) => (
            <TextLink href={href} c="inherit">
              {words}
            </TextLink>
          ),
        })}
      </Alert>
    );
  }
}
