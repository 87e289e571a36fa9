"use client";

import { Radio, Stack, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type Policy, policies } from "@/sync/policy";
import { type RemovalRule, removalRules } from "@/sync/removal";
import { exceptionsOf, FieldExceptions } from "./field-exceptions";
import { FuseLimits } from "./fuse-limits";
import { PolicyExampleBox } from "./policy-example-box";
import { Question } from "./question";
import type { SafetyChoices, SectionProps } from "./section";
import { SectionNotices } from "./section-notices";
import { policySettlesOpen } from "./settles-open";
import { useSection } from "./use-section";

/** What settles conflicts, whether deletions travel, and the limits that stop the integration before harm. */
export function SafetySection(props: SectionProps) {
  const t = useTranslations("safety");
  const { settings, actions } = props;
  const { policy, removals, fuses, mappings } = settings;
  const { root, draft, change, notices } = useSection<SafetyChoices, { updatedAt: string }>(props, {
    name: "safety",
    saved: { policy, removals, fuses, exceptions: exceptionsOf(settings) },
    faultsOf: () => ({}),
    act: (choices, target) => actions.saveSafety({ ...target, ...choices }),
  });
  return (
    <Stack ref={root} gap="md">
      <SectionNotices {...notices} />
      <Question title={t("policy.title")} description={t("policy.text")}>
        <Radio.Group
          aria-label={t("policy.title")}
          value={draft.policy}
          onChange={(chosen) => change({ policy: chosen as Policy })}
        >
          <Stack gap="sm">
            {policies.map((one) => (
              <Radio
                key={one}
                value={one}
                label={t(`policy.${one}.name`)}
                description={t(`policy.${one}.text`)}
              />
            ))}
          </Stack>
        </Radio.Group>
        <PolicyExampleBox settings={settings} policy={draft.policy} exceptions={draft.exceptions} />
      </Question>
      <FieldExceptions
        mappings={mappings}
        policy={draft.policy}
        exceptions={draft.exceptions}
        onChange={(exceptions) => change({ exceptions })}
      />
      <Text size="sm" maw="68ch" role="status">
        {policySettlesOpen(settings, draft) ? t("settlesOpen") : null}
      </Text>
      <Question title={t("removals.title")} description={t("removals.text")}>
        <Radio.Group
          aria-label={t("removals.title")}
          value={draft.removals}
          onChange={(chosen) => change({ removals: chosen as RemovalRule })}
        >
          <Stack gap="sm">
            {removalRules.map((one) => (
              <Radio
                key={one}
                value={one}
                label={t(`removals.${one}.name`)}
                description={t(`removals.${one}.text`)}
              />
            ))}
          </Stack>
        </Radio.Group>
      </Question>
      <FuseLimits limits={draft.fuses} onChange={(limits) => change({ fuses: limits })} />
    </Stack>
  );
}
