"use client";

import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { type Ref, type RefObject, useState } from "react";
import type { IntegrationSettings, MappingSetting } from "@/services/integrations/read-settings";
import type { ChosenPair } from "./chosen-pair";
import { PairForm, type PairFormHandle } from "./pair-form";
import type { IntegrationActions } from "./section";

type Props = {
  settings: IntegrationSettings;
  mappings: MappingSetting[];
  actions: IntegrationActions;
  onAdd: (pair: ChosenPair) => void;
  formRef: Ref<PairFormHandle>;
  buttonRef: RefObject<HTMLButtonElement | null>;
};

/** "Add field": opens the form for one more pair, and takes the focus back when it closes. */
export function AddMapping({ onAdd, formRef, buttonRef, ...form }: Props) {
  const t = useTranslations("mapping");
  const [open, setOpen] = useState(false);
  function close() {
    setOpen(false);
    requestAnimationFrame(() => buttonRef.current?.focus());
  }
  if (open) {
    return (
      <PairForm
        {...form}
        ref={formRef}
        onSubmit={(pair) => {
          onAdd(pair);
          close();
        }}
        onCancel={close}
      />
    );
  }
  return (
    <Button
      ref={buttonRef}
      variant="subtle"
      leftSection={<IconPlus size={16} stroke={1.6} />}
      onClick={() => setOpen(true)}
    >
      {t("addField")}
    </Button>
  );
}
