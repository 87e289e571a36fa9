import { Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { ComparisonsChart } from "@/components/comparisons/comparisons-chart";
import { useComparisons } from "@/components/comparisons/use-comparisons";
import { ErrorState } from "@/components/ui/error-state";
import { TextLink } from "@/components/ui/text-link";

/** What earlier comparisons found, up to the `latest`, and the way to all of them. */
export function ComparisonHistory({ id, latest }: { id: string; latest: string }) {
  const t = useTranslations("overview.comparison");
  const { data, isError, refetch } = useComparisons(id, latest);
  return (
    <>
      {isError ? <ErrorState description={t("historyFailed")} onRetry={refetch} /> : null}
      {data?.length ? <ComparisonsChart comparisons={data.slice(0, 30)} /> : null}
      <Text size="sm" mt="xs">
        <TextLink href={`/settings/integrations/${id}/comparisons`}>{t("all")}</TextLink>
      </Text>
    </>
  );
}
