"use client";

import { Divider, Stack } from "@mantine/core";
import { ConnectionAlert } from "./connection-alert";
import { GoneListsAlert } from "./gone-lists-alert";
import type { IntegrationActions, SectionProps } from "./section";
import { SettingsSection } from "./settings-section";
import { StoppedExtrasAlert } from "./stopped-extras-alert";

type Props = { settings: SectionProps["settings"]; actions: IntegrationActions };

/** The wizard's sections one below the other, and what has a sensible start without it; each saved by itself. */
export function SettingsSections(props: Props) {
  return (
    <Stack gap={40} maw={920}>
      <ConnectionAlert settings={props.settings} />
      <GoneListsAlert lists={props.settings.goneLists} />
      <StoppedExtrasAlert extras={props.settings.stoppedExtras} />
      <SettingsSection step="direction" {...props} />
      <Divider />
      <SettingsSection step="data" {...props} />
      <Divider />
      <SettingsSection step="mapping" {...props} />
      <Divider />
      <SettingsSection step="constants" {...props} />
      <Divider />
      <SettingsSection step="safety" {...props} />
    </Stack>
  );
}
