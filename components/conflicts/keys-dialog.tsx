import { Kbd, Modal, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import classes from "./conflicts.module.css";

const keys = [
  ["next", ["J", "↓"]],
  ["previous", ["K", "↑"]],
  ["snov", ["1"]],
  ["hubspot", ["2"]],
  ["type", ["E"]],
  ["select", ["X"]],
  ["details", ["D"]],
  ["several", ["M"]],
  ["undo", ["U"]],
  ["keys", ["?"]],
] as const;

/** What can be done without a mouse. */
export function KeysDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const t = useTranslations("conflicts.keys");
  const common = useTranslations("common");
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("title")}
      closeButtonProps={{ "aria-label": common("close") }}
    >
      <Text size="sm" mb="sm">
        {t("where")}
      </Text>
      <dl className={classes.keys}>
        {keys.map(([name, pressed]) => (
          <div key={name}>
            <dt>
              {pressed.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd>{t(name)}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
