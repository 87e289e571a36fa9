import { Account, type AccountInfo } from "./account/account";
import { Faults } from "./faults";
import { Counters } from "./http/counters";
import { RateLimits } from "./http/rate-limits";
import { type Recording, recordingIn } from "./http/recording";
import { Grants } from "./oauth/grants";
import { type SeedName, seed } from "./seed/seed";
import { openSettings, type SettingsStore } from "./settings";
import { openMemoryStore } from "./store/memory-store";
import { openStore, type Store } from "./store/store";
import { type ContactEvent, toWirePayload, type WirePayload } from "./webhooks/contact-event";
import { Outbox } from "./webhooks/outbox";

export interface SandboxOptions {
  /** Without one, everything lives in memory. */
  dataDir?: string;
  clientId: string;
  clientSecret: string;
  appId: number;
  seed?: SeedName;
  webhookUrl?: string;
  /** Takes every event in this process, in place of webhooks over the network. */
  onEvent?: (payload: WirePayload) => void;
  rateLimit?: boolean;
  /** 0 or absent takes any free port. */
  port?: number;
}

export interface Sandbox {
  options: SandboxOptions;
  store: Store;
  accounts: Map<number, Account>;
  grants: Grants;
  settings: SettingsStore;
  outbox: Outbox;
  faults: Faults;
  limits: RateLimits;
  counters: Counters;
  recording: Recording | null;
  now(): number;
  reset(name: SeedName): void;
  close(): Promise<void>;
}

export function openSandbox(options: SandboxOptions): Sandbox {
  const store = options.dataDir === undefined ? openMemoryStore() : openStore(options.dataDir);
  const now = () => Date.now();
  const settings = openSettings(store, {
    ...(options.webhookUrl === undefined ? {} : { webhookUrl: options.webhookUrl }),
    ...(options.rateLimit === undefined ? {} : { rateLimit: options.rateLimit }),
  });
  const grants = new Grants(store, now);
  const outbox = new Outbox(store, () => {
    const { webhookUrl } = settings.get();
    return webhookUrl === null ? null : { url: webhookUrl, secret: options.clientSecret };
  });
  const accounts = new Map<number, Account>();
  // From the environment alone, so that no test's sandbox is left out of what a test run looks at.
  const recordingFolder = process.env.SANDBOX_RECORDING_DIR;

  const notify = (portalId: number, event: ContactEvent) => {
    const { webhookUrl, subscribedProperties } = settings.get();
    if ((webhookUrl === null && !options.onEvent) || !grants.installed(portalId)) return;
    if (event.kind === "propertyChange" && subscribedProperties?.includes(event.propertyName) === false)
      return;
    const eventId = (store.table<number>("counter").get("event") ?? 1_000_000_000) + 1;
    store.put("counter", "event", eventId);
    const payload = toWirePayload(event, { eventId, portalId, appId: options.appId });
    if (options.onEvent) options.onEvent(payload);
    else outbox.add(payload);
  };

  const openAccounts = () => {
    accounts.clear();
    for (const info of store.table<AccountInfo>("account").values())
      accounts.set(info.portalId, new Account(store, info, now, (event) => notify(info.portalId, event)));
  };

  const fill = (name: SeedName) => {
    seed(store, name);
    openAccounts();
    store.flush();
  };

  if (store.table("account").size === 0) fill(options.seed ?? "demo");
  else openAccounts();
  store.flush();

  return {
    options,
    store,
    accounts,
    grants,
    settings,
    outbox,
    faults: new Faults(),
    limits: new RateLimits(),
    counters: new Counters(),
    recording: recordingFolder ? recordingIn(recordingFolder) : null,
    now,
    reset: (name) => {
      const kept = settings.get();
      const lastEvent = store.table<number>("counter").get("event");
      store.clear();
      settings.change(kept);
      // Deliveries under way know their events by number: no number comes twice.
      if (lastEvent !== undefined) store.put("counter", "event", lastEvent);
      fill(name);
    },
    close: async () => {
      outbox.close();
      await store.close();
    },
  };
}
