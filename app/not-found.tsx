import { getTranslations } from "next-intl/server";
import { Mark } from "@/components/shell/mark";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";

export default async function NotFound() {
  const t = await getTranslations("common");
  return (
    <EmptyState
      icon={<Mark size={26} />}
      title={t("notFoundTitle")}
      description={t("notFoundText")}
      action={
        <LinkButton href="/prospects" variant="default">
          {t("toProspects")}
        </LinkButton>
      }
    />
  );
}
