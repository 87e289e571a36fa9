"use client";

import { Button, Group, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { ConflictRow } from "@/services/conflicts/read-page";
import type { Choice } from "./conflict-actions";
import classes from "./conflicts.module.css";
import { recordChoices } from "./kind-choices";

type Props = { conflict: ConflictRow; about: string; pending: boolean; onChoose: (choice: Choice) => void };

/** The choices about records, each with what it does. */
export function RecordChoices({ conflict, about, pending, onChoose }: Props) {
  const t = useTranslations("conflicts.choose");
  return (
    <ul className={classes.choices}>
      {recordChoices(conflict).map((kind) => {
        const words =
          kind === "link" || kind === "apart" ? kind : `${kind}.${conflict.detail.removedOn ?? "snov"}`;
        return (
          <li key={kind}>
            <Button
              variant="default"
              size="xs"
              disabled={pending}
              aria-label={t("named", { choice: t(`${words}.name`), about })}
              onClick={() => onChoose({ kind })}
            >
              {t(`${words}.name`)}
            </Button>
            <Text span size="sm" c="dimmed">
              {t(`${words}.text`)}
            </Text>
          </li>
        );
      })}
    </ul>
  );
}

type FieldProps = Props & {
  /** Opens the input; none where only one side may be written. */
  onType: (() => void) | undefined;
};

/** The choices about a field's values. */
export function FieldChoices({ about, pending, onChoose, onType }: FieldProps) {
  const t = useTranslations("conflicts.choose");
  const button = (key: "takeSnov" | "takeHubspot" | "type" | "leave", act: () => void, subtle = false) => (
    <Button
      variant={subtle ? "subtle" : "default"}
      size="xs"
      disabled={pending}
      aria-label={t("named", { choice: t(key), about })}
      onClick={act}
    >
      {t(key)}
    </Button>
  );
  return (
    <Group gap="xs">
      {button("takeSnov", () => onChoose({ kind: "take", side: "snov" }))}
      {button("takeHubspot", () => onChoose({ kind: "take", side: "hubspot" }))}
      {onType ? button("type", onType) : null}
      {button("leave", () => onChoose({ kind: "leave" }), true)}
    </Group>
  );
}
