import { z } from "zod";
import type { Store } from "./store/store";

export const Settings = z.object({
  /** Where the app receives webhooks; null sends none. */
  webhookUrl: z.url({ protocol: /^https?$/ }).nullable(),
  /** The properties whose changes are pushed; null means all of them. */
  subscribedProperties: z.array(z.string()).nullable(),
  rotateRefreshTokens: z.boolean(),
  rateLimit: z.boolean(),
  /** How old an event is before the webhooks journal shows it, and how many a file of it holds. */
  journalDelayMs: z.number().int().min(0).max(86_400_000),
  journalFileSize: z.number().int().min(1).max(10_000),
});
export type Settings = z.infer<typeof Settings>;

export interface SettingsStore {
  get(): Settings;
  change(changes: Partial<Settings>): Settings;
}

/** What is kept from earlier runs, overruled by what this start was given. */
export function openSettings(store: Store, given: Partial<Settings>): SettingsStore {
  const defaults: Settings = {
    webhookUrl: null,
    subscribedProperties: null,
    rotateRefreshTokens: false,
    rateLimit: true,
    journalDelayMs: 1000,
    journalFileSize: 10_000,
  };
  const rows = store.table<Settings>("settings");
  const get = () => ({ ...defaults, ...rows.get("all") });
  const change = (changes: Partial<Settings>) => {
    store.put("settings", "all", { ...get(), ...changes });
    return get();
  };
  change(given);
  return { get, change };
}
