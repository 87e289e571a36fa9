"use client";

import { Drawer, Stack, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { ErrorState } from "@/components/ui/error-state";
import { LoadingState } from "@/components/ui/loading-state";
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
  const { data, isError, refetch } = useQuery({
    queryKey: ["prospect", prospectId, "why", field.key],
    queryFn: ({ signal }) =>
      fetchJson<FieldExplanation>(
        `/api/prospects/${prospectId}/why?${new URLSearchParams({ field: field.key })}`,
        signal,
      ),
  });
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
      {isError ? (
        <ErrorState description={t("error")} onRetry={() => refetch()} />
      ) : data ? (
        <Stack gap="lg">
          <section aria-label={t("chainTitle")}>
            <Title order={3} mb="xs">
              {t("chainTitle")}
            </Title>
            <WhyChain chain={data.chain} field={field} />
          </section>
          {data.outlooks.length ? (
            <section aria-label={t("outlookTitle")}>
              <Title order={3} mb="xs">
                {t("outlookTitle")}
              </Title>
              <Stack gap="md">
                {data.outlooks.map((one) => (
                  <WhyOutlook key={one.integrationId} {...one} label={label} />
                ))}
              </Stack>
            </section>
          ) : null}
        </Stack>
      ) : (
        <LoadingState lines={6} />
      )}
    </Drawer>
  );
}
