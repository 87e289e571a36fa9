"use client";

import { Button, Group, Modal, Radio, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ShownValue } from "@/components/overview/shown-value";
import { ErrorState } from "@/components/ui/error-state";
import { LoadingState } from "@/components/ui/loading-state";
import { useAction } from "@/components/ui/use-action";
import type { RulePreview } from "@/services/conflicts/preview-rule";
import type { ConflictActions } from "./conflict-actions";
import type { ConflictContext } from "./conflict-context";
import classes from "./conflicts.module.css";
import { useConflictNames } from "./use-conflict-names";
import type { Held } from "./waiting-choice";

type Props = {
  mappingId: string;
  context: ConflictContext;
  seen: string;
  held: Held;
  actions: Pick<ConflictActions, "previewRule" | "makeRule">;
  onClose: () => void;
  onMade: (updatedAt: string) => void;
};
const rules = ["snov_wins", "hubspot_wins", "most_recent"] as const;

/** "Always do this for this field": what the rule would settle at once, before it is made. */
export function RuleDialog({ mappingId, context, seen, held, actions, onClose, onMade }: Props) {
  const t = useTranslations("conflicts.rule");
  const policies = useTranslations("safety.policy");
  const common = useTranslations("common");
  const [policy, setPolicy] = useState<(typeof rules)[number]>("snov_wins");
  const { pairName } = useConflictNames(context);
  const mapping = context.mappings[mappingId];
  const field = mapping ? pairName(mapping.snov, mapping.hubspot) : "";
  const integrationId = context.integration.id;
  const preview = useQuery({
    queryKey: ["rule-preview", integrationId, mappingId, policy],
    queryFn: async () => {
      const result = await actions.previewRule({ integrationId, mappingId, policy });
      if (!result.ok) throw new Error(result.error.code);
      return result.data;
    },
    staleTime: 0,
    // A rule is made on what it would settle now.
    gcTime: 0,
  });
  const make = useAction(actions.makeRule, {
    onSuccess: ({ updatedAt }) => {
      notifications.show({ message: t("made", { field }) });
      onMade(updatedAt);
    },
  });
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t("title", { field })}
      closeButtonProps={{ "aria-label": common("close") }}
    >
      <Stack gap="md">
        <Radio.Group
          label={t("which")}
          value={policy}
          onChange={(value) => setPolicy(rules.find((one) => one === value) ?? "snov_wins")}
        >
          <Stack gap="xs" mt="xs">
            {rules.map((one) => (
              <Radio
                key={one}
                value={one}
                label={policies(`${one}.name`)}
                description={policies(`${one}.text`)}
              />
            ))}
          </Stack>
        </Radio.Group>
        <section aria-label={t("preview")} aria-live="polite">
          {preview.isPending ? <LoadingState lines={3} /> : null}
          {preview.isError ? <ErrorState description={t("error")} onRetry={preview.refetch} /> : null}
          {preview.data && mapping ? (
            <Preview preview={preview.data} mapping={mapping} context={context} />
          ) : null}
          {preview.data && held ? (
            <Text size="sm" mt="xs">
              {t("whileHeld")}
            </Text>
          ) : null}
        </section>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {common("cancel")}
          </Button>
          <Button
            loading={make.pending}
            disabled={!preview.data}
            onClick={() => make.run({ integrationId, mappingId, policy, seen })}
          >
            {t("make")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

type PreviewProps = {
  preview: RulePreview;
  mapping: ConflictContext["mappings"][string];
  context: ConflictContext;
};

function Preview({ preview: { open, looked, settled, samples }, mapping, context }: PreviewProps) {
  const t = useTranslations("conflicts.rule");
  const side = useTranslations("transfers.side");
  const nameless = useTranslations("overview")("nameless");
  return (
    <>
      <Text size="sm" fw={500}>
        {looked < open ? t("countOfFirst", { open, looked, settled }) : t("count", { open, settled })}
      </Text>
      <ul className={classes.samples}>
        {samples.map(({ conflictId, recordName, writes }) => (
          <li key={conflictId}>
            <b>{recordName || nameless}</b>
            {": "}
            {writes.map((write) => (
              <span key={write.side}>
                {side(write.side === "snov" ? "inSnov" : "inHubspot")}{" "}
                <ShownValue
                  fields={context.fields}
                  side={write.side}
                  field={mapping[write.side]}
                  value={write.before}
                  beside={write.after}
                />
                {" → "}
                <ShownValue
                  fields={context.fields}
                  side={write.side}
                  field={mapping[write.side]}
                  value={write.after}
                  beside={write.before}
                />
              </span>
            ))}
            {writes.length ? null : t("same")}
          </li>
        ))}
      </ul>
      {settled > samples.length ? (
        <Text size="sm" c="dimmed">
          {t("more", { count: settled - samples.length })}
        </Text>
      ) : null}
    </>
  );
}
