import { IconLock } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/ui/empty-state";

/** Members see that an integration is set up, and whom to ask. */
export function AdminsOnly() {
  const t = useTranslations("wizard.adminsOnly");
  return <EmptyState icon={<IconLock size={22} stroke={1.6} />} title={t("title")} description={t("text")} />;
}
