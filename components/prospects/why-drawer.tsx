"use client";

import { Drawer, Stack, Title } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { ErrorState } from "@/components/ui/error-state";
import { LoadingState } from "@/components/ui/loading-state";
import { MoreButton } from "@/components/ui/more-button";
import { fetchJson } from "@/lib/fetch-json";
import type { FieldExplanation } from "@/services/prospects/explain-field";
import type { ProspectField } from "@/services/prospects/prospect-fields";
import { useFieldLabel } from "./field-label";
import classes from "./why.module.css";
import { WhyChain } from "./why-chain";
import { WhyOutlook } from "./why-outlook";

type Props = { prospectId: string; field: ProspectField; onClose: () => void };

/** Why a field has its value, and what would happen if it changed now. */
export function WhyDrawer({ prospectId, field, onClose }: Props) {
  const t = useTranslations("prospects.why");
  const common = useTranslations("common");
  const label = useFieldLabel()(field.key, field.name);
  const explained = useInfiniteQuery({
    queryKey: ["prospect", prospectId, "why", field.key],
    queryFn: ({ signal, pageParam }) => {
      const asked = { field: field.key, ...(pageParam ? { before: String(pageParam) } : {}) };
      return fetchJson<FieldExplanation>(
        `/api/prospects/${prospectId}/why?${new URLSearchParams(asked)}`,
        signal,
      );
    },
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
  });
  const [latest] = explained.data?.pages ?? [];
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={460}
      classNames={{ title: classes.title }}
      title={t("title", { field: label })}
      closeButtonProps={{ "aria-label": common("close") }}
    >
      {explained.isError ? (
        <ErrorState
          description={t("error")}
          onRetry={() => (explained.isFetchNextPageError ? explained.fetchNextPage() : explained.refetch())}
        />
      ) : null}
      {latest ? (
        <Stack gap="lg">
          <section aria-label={t("chainTitle")}>
            <Title order={3} mb="xs">
              {t("chainTitle")}
            </Title>
            <WhyChain chain={explained.data?.pages.flatMap(({ chain }) => chain) ?? []} field={field} />
            <MoreButton pages={explained} mt="sm">
              {t("older")}
            </MoreButton>
          </section>
          {latest.outlooks.length ? (
            <section aria-label={t("outlookTitle")}>
              <Title order={3} mb="xs">
                {t("outlookTitle")}
              </Title>
              <Stack gap="md">
                {latest.outlooks.map((one) => (
                  <WhyOutlook key={one.integrationId} {...one} label={label} field={field} />
                ))}
              </Stack>
            </section>
          ) : null}
        </Stack>
      ) : explained.isPending ? (
        <LoadingState lines={6} />
      ) : null}
    </Drawer>
  );
}
