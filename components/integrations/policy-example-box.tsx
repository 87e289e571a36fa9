"use client";

import { Stack, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { FieldValue } from "@/components/fields/field-value";
import type { IntegrationSettings } from "@/services/integrations/read-settings";
import { type Policy, winnerBy } from "@/sync/policy";
import classes from "./policy-example-box.module.css";
import type { SafetyChoices } from "./section";
import { useSnovFieldName } from "./use-snov-field-name";

type Props = {
  settings: Pick<IntegrationSettings, "policyExample" | "mappings" | "snovFields" | "syncType">;
  policy: Policy;
  exceptions: SafetyChoices["exceptions"];
};

/** In the example somebody edits the prospect first, and then somebody else the contact. */
const inTurn = { snov: 1, hubspot: 2 };

/** What the chosen policy would do with values that the person knows. */
export function PolicyExampleBox({
  settings: { policyExample: example, mappings, snovFields, syncType },
  policy,
  exceptions,
}: Props) {
  const t = useTranslations("safety.example");
  const fieldName = useSnovFieldName();
  if (syncType !== "both")
    return (
      <Text size="sm" className={classes.box}>
        {t(`oneWay.${syncType}`)}
      </Text>
    );
  const mapping = mappings.find(({ id }) => id === example?.mappingId);
  if (!example || !mapping || exceptions[mapping.id]) return null;
  const definition = snovFields.find(({ key }) => key === mapping.snovField);
  const winner = winnerBy(policy, inTurn);
  const value = (shown: string) => (
    <b>
      <FieldValue type={definition?.type ?? "text"} value={shown} options={definition?.options} />
    </b>
  );
  return (
    <Stack gap={6} className={classes.box} aria-live="polite">
      <Text size="sm" fw={600}>
        {t("title")}
      </Text>
      <Text size="sm">
        {t.rich("story", {
          name: example.recordName,
          field: fieldName(mapping.snovField, mapping.snovLabel),
          own: () => value(example.own),
          other: () => value(example.other),
        })}
      </Text>
      <Text size="sm">
        {winner
          ? t.rich("settled", {
              kept: () => value(winner === "snov" ? example.own : example.other),
              replaced: () => value(winner === "snov" ? example.other : example.own),
            })
          : t("asked")}
      </Text>
    </Stack>
  );
}
