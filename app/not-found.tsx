import { Button } from "@mantine/core";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Mark } from "@/components/shell/mark";
import { EmptyState } from "@/components/ui/empty-state";

export default async function NotFound() {
  const t = await getTranslations("common");
  return (
    <EmptyState
      icon={<Mark size={26} />}
      title={t("notFoundTitle")}
      description={t("notFoundText")}
      action={
        <Link href="/prospects">
          <Button component="span" variant="default">
            {t("toProspects")}
          </Button>
        </Link>
      }
    />
  );
}
