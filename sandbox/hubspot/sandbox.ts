import { Account, type AccountInfo } from "./account/account";
import { type Clock, openClock } from "./clock";
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
import { WebhooksJournal } from "./webhooks-journal/webhooks-journal";

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
  /** Another one after a reset. */
  readonly journal: WebhooksJournal;
  clock: Clock;
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
  const clock = openClock(store);
  const { now } = clock;
  const settings = openSettings(store, {
    ...(options.webhookUrl === undefined ? {} : { webhookUrl: options.webhookUrl }),
    ...(options.rateLimit === undefined ? {} : { rateLimit: options.rateLimit }),
  });
  const grants = new Grants(store, now);
  const faults = new Faults();
  const outbox = new Outbox(store, {
    now,
    target: () => {
      const { webhookUrl } = settings.get();
      return webhookUrl === null ? null : { url: webhookUrl, secret: options.clientSecret };
    },
    retries: () => settings.get().webhookRetries,
    faults,
  });
  const openJournal = () =>
    new WebhooksJournal(store, options.appId, now, () => {
      const { journalDelayMs, journalFileSize } = settings.get();
      return { delayMs: journalDelayMs, fileSize: journalFileSize };
    });
  let journal = openJournal();
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

  const openAccount = (info: AccountInfo) => {
    const installed = () => grants.installed(info.portalId) !== undefined;
    const account: Account = new Account(store, info, clock, settings.get, {
      contact: (event) => {
        notify(info.portalId, event);
        if (installed()) journal.contactChanged(account, event);
      },
      membership: (change) => {
        if (installed()) journal.membershipChanged(account, change);
      },
    });
    return account;
  };

  const openAccounts = () => {
    accounts.clear();
    for (const info of store.table<AccountInfo>("account").values())
      accounts.set(info.portalId, openAccount(info));
  };

  const fill = (name: SeedName) => {
    seed(store, name, clock);
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
    get journal() {
      return journal;
    },
    clock,
    faults,
    limits: new RateLimits(),
    counters: new Counters(),
    recording: recordingFolder ? recordingIn(recordingFolder) : null,
    now,
    reset: (name) => {
      const kept = settings.get();
      const counters = store.table<number>("counter");
      const last = ["event", "journal"].map((counter) => [counter, counters.get(counter)] as const);
      store.clear();
      settings.change(kept);
      // Deliveries and offsets know their events by number: no number comes twice.
      for (const [counter, value] of last) if (value !== undefined) store.put("counter", counter, value);
      fill(name);
      journal = openJournal();
    },
    close: async () => {
      outbox.close();
      await store.close();
    },
  };
}
