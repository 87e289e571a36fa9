import type { Overview } from "@/services/integrations/read-overview";
import type { Value } from "@/sync/value";

type Delta = Overview["changes"][number]["changes"][number];

/** A value in words: those of a text, or its own. */
export type SettingWords = { key: string } | { text: string };
export type ShownSetting = {
  setting: string;
  /** Of one pair of fields only. */
  fields: string | null;
  /** Null where the setting is more than a word: its page shows it. */
  values: { before: SettingWords; after: SettingWords } | null;
};

/** A changed setting in words that people know from the settings' own pages. */
export function shownSetting({ field, before, after }: Delta): ShownSetting {
  const end = field.lastIndexOf(": ");
  const setting = field.slice(end < 0 ? 0 : end + 2);
  const wordsOf = values[setting];
  return {
    setting,
    fields: end < 0 ? null : field.slice(0, end),
    values: wordsOf ? { before: wordsOf(before), after: wordsOf(after) } : null,
  };
}

const oneOf = (key: (value: string) => string, none: string) => (value: Value) => ({
  key: typeof value === "string" ? key(value) : none,
});
const asItIs = (value: Value) =>
  value === null ? { key: "activity.settings.none" } : { text: String(value) };

const values: Record<string, (value: Value) => SettingWords> = {
  policy: oneOf((policy) => `safety.policy.${policy}.name`, "activity.settings.asAll"),
  removals: oneOf((rule) => `safety.removals.${rule}.name`, "activity.settings.none"),
  syncType: oneOf((type) => `direction.types.${type}.name`, "activity.settings.none"),
  direction: oneOf((direction) => `mapping.directions.${direction}`, "activity.settings.none"),
  marksContacts: (on) => ({ key: on === true ? "common.yes" : "common.no" }),
  mapping: asItIs,
  statusProperty: asItIs,
  statusValue: asItIs,
};
