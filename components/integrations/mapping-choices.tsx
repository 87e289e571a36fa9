"use client";

import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Direction } from "@/sync/direction";
import { keptPairs, type Option, unmappedChoices, unpairedChoices, type ValueMap } from "@/sync/value-map";
import { ValueMapEditor } from "./value-map-editor";

type Props = {
  /** The Snov.io field's name. */
  name: string;
  snov: Option[];
  hubspot: Option[];
  value: ValueMap;
  direction: Direction;
  disabled: boolean;
  launched: boolean;
  onSave: (value: ValueMap) => void;
};

/** The row's summary of its choices, with the dialog that pairs them. */
export function MappingChoices(props: Props) {
  const { name, snov, hubspot, value, direction, disabled, launched, onSave } = props;
  const t = useTranslations("mapping");
  const common = useTranslations("common");
  const [draft, setDraft] = useState<ValueMap | null>(null);
  const left = unmappedChoices(snov, hubspot, value);
  const unpaired = [
    ...(direction === "to_snov" ? [] : left.snov),
    ...(direction === "to_hubspot" ? [] : left.hubspot),
  ].map(({ label }) => label);
  const close = () => setDraft(null);
  return (
    <Group gap="xs">
      <Text
        size="xs"
        c={unpaired.length ? "orange" : "dimmed"}
        style={{ color: unpaired.length ? "var(--mapping-attention)" : undefined }}
      >
        {unpaired.length
          ? t("unpairedNamed", { choices: [...new Set(unpaired)].join(", ") })
          : t("allPaired")}
      </Text>
      <Button
        size="compact-xs"
        variant={unpaired.length ? "default" : "subtle"}
        disabled={disabled}
        aria-label={t("pairChoicesOf", { field: name })}
        onClick={() => setDraft(keptPairs(snov, hubspot, value))}
      >
        {t("pairChoices")}
      </Button>
      <Modal
        opened={draft !== null}
        onClose={close}
        title={t("choicesOf", { field: name })}
        closeButtonProps={{ "aria-label": common("close") }}
      >
        {draft ? (
          <Stack>
            <ValueMapEditor
              snov={snov}
              hubspot={hubspot}
              value={draft}
              direction={direction}
              onChange={setDraft}
            />
            {launched && unpairedChoices(value, draft).length ? (
              <Text size="sm" c="dimmed">
                {t("startsFresh")}
              </Text>
            ) : null}
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={close}>
                {common("cancel")}
              </Button>
              <Button
                onClick={() => {
                  onSave(draft);
                  close();
                }}
              >
                {t("saveChoices")}
              </Button>
            </Group>
          </Stack>
        ) : null}
      </Modal>
    </Group>
  );
}
