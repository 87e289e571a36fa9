import { z } from "zod";
import type { Store } from "./store/store";

export const Settings = z.object({
  /** Where the app receives webhooks; null sends none. */
  webhookUrl: z.url({ protocol: /^https?$/ }).nullable(),
  /** The properties whose changes are pushed; null means all of them. */
  subscribedProperties: z.array(z.string()).nullable(),
  rotateRefreshTokens: z.boolean(),
  rateLimit: z.boolean(),
  /** So many calls of an account in any window of so many milliseconds; searches count for themselves. */
  rateLimitMax: z.number().int().min(1).max(1_000_000),
  rateLimitWindowMs: z.number().int().min(100).max(3_600_000),
  searchesPerSecond: z.number().int().min(1).max(1_000_000),
  /** Null for an app of the marketplace, which has none. */
  dailyLimit: z.number().int().min(1).nullable(),
  /** HubSpot does not promise to say when to come back. */
  retryAfter: z.boolean(),
  /** How long a search does not see what was written. */
  searchLagMs: z.number().int().min(0).max(3_600_000),
  /** A merge leaves the primary contact its id, as in HubSpot's beta, in place of a new one. */
  mergeKeepsId: z.boolean(),
  /** `hubspot` tries again ten times, spread over a day; `quick` after seconds, so that nobody has to wait. */
  webhookRetries: z.enum(["quick", "hubspot"]),
  /** How old an event is before the webhooks journal shows it, and how many a file of it holds. */
  journalDelayMs: z.number().int().min(0).max(86_400_000),
  journalFileSize: z.number().int().min(1).max(10_000),
  /** A subscription to the journal takes the place of the one there is, where HubSpot's description says nothing of it. */
  journalReplaces: z.boolean(),
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
    rateLimitMax: 110,
    rateLimitWindowMs: 10_000,
    searchesPerSecond: 5,
    dailyLimit: null,
    retryAfter: false,
    searchLagMs: 0,
    mergeKeepsId: false,
    webhookRetries: "quick",
    journalDelayMs: 1000,
    journalFileSize: 10_000,
    journalReplaces: true,
  };
  const rows = store.table<Settings>("settings");
  const get = () => rows.get("all") ?? defaults;
  const change = (changes: Partial<Settings>) => {
    // What an earlier version kept lacks what this one knows.
    store.put("settings", "all", { ...defaults, ...get(), ...changes });
    return get();
  };
  change(given);
  return { get, change };
}
