import { z } from "zod";
import { API_VERSION } from "./api-version";
import { callJson } from "./call-json";
import { CONTACT_TYPE } from "./contact";
import { type JournalFile, LOST_FILE, parseJournalFile } from "./journal-file";
import { type OauthApp, requestAppToken } from "./oauth";
import { OauthError } from "./oauth-error";
import type { RateBudget } from "./rate-budget";
import { isNotFound, isRefusal, RemoteError } from "./remote-error";
import { isDenied } from "./said-no";
import { JOURNAL_SCOPES } from "./scopes";
import { openTransport } from "./transport";

/** A file of the journal: where reading goes on after it, and where it lies. */
export type JournalPointer = { offset: string; url: string };

/** The webhooks journal of our app: every account's changes, kept for three days, for whoever asks. */
export type HubspotJournal = {
  /** Replaces what the journal was to tell of this account's contacts. */
  subscribe(accountId: string, properties: string[]): Promise<void>;
  /** Has the journal tell which contacts of this account were erased for good; saying it again changes nothing. */
  subscribePrivacyDeletions(accountId: string): Promise<void>;
  unsubscribe(accountId: string): Promise<void>;
  /** Has the journal tell of every account that takes our app out; saying it again changes nothing. */
  subscribeUninstalls(): Promise<void>;
  /** The files after an offset, oldest first; none where nothing is new. An offset that has expired is `not_found`. */
  filesAfter(offset: string | null, count: number): Promise<JournalPointer[]>;
  read(pointer: JournalPointer): Promise<JournalFile>;
};

const TIMEOUT_MS = 30_000;
/** HubSpot's number for the event that our app was uninstalled. */
const UNINSTALLED = "4-1916193";

/** HubSpot counts no call to the journal; the file that describes it says so of each. */
const unlimited: RateBudget = { take: async () => () => {}, pause: async () => {} };

const Subscription = z.object({
  id: z.number(),
  subscriptionType: z.string(),
  objectTypeId: z.string(),
  portalId: z.number().nullish(),
  deletedAt: z.string().nullish(),
});
type Subscription = z.infer<typeof Subscription>;
const Subscriptions = z.object({ results: z.array(Subscription) });
/** HubSpot's file knows an empty list where nothing is new; of single reads it is said that they have no content then. */
const Pointers = z
  .object({ results: z.array(z.object({ url: z.url(), currentOffset: z.string() })) })
  .default({ results: [] });

export function openJournal(app: Pick<OauthApp, "apiUrl" | "clientId" | "clientSecret">): HubspotJournal {
  let token: Promise<string> | undefined;
  const accessToken = () => {
    // A fault of the token service is this call's alone: the next one asks again.
    token ??= requestAppToken(app, JOURNAL_SCOPES).catch((error: unknown) => {
      token = undefined;
      throw error;
    });
    return token;
  };
  const onUnauthorized = async () => {
    token = undefined;
  };
  const transport = openTransport({ accessToken, onUnauthorized, budget: unlimited });
  const at = (path: string) => `${app.apiUrl}/webhooks-journal/${path}`;
  const subscriptions = at(`subscriptions/${API_VERSION}`);
  const save = (body: object) =>
    callJson(transport, Subscription, { method: "POST", url: subscriptions, body: JSON.stringify(body) });

  /** HubSpot's description names it an upsert, and says nowhere what it replaces: one of each is left in any case. */
  async function subscribe(wanted: Wanted, more: object): Promise<void> {
    const { eventTypeId, ...named } = wanted;
    const body = { ...named, ...(eventTypeId ? { eventTypeId } : { objectTypeId: CONTACT_TYPE }), ...more };
    const saved = await save(body).catch(async (error: unknown) => {
      if (!(error instanceof RemoteError && error.kind === "conflict")) throw error;
      await removeAllBut(undefined, wanted);
      return save(body);
    });
    await removeAllBut(saved.id, wanted);
  }

  async function removeAllBut(kept: number | undefined, wanted: Wanted): Promise<void> {
    const { results } = await callJson(transport, Subscriptions, { method: "GET", url: subscriptions });
    for (const row of results) {
      if (row.id === kept || row.deletedAt || !isFor(row, wanted)) continue;
      try {
        await transport({ method: "DELETE", url: `${subscriptions}/${row.id}` });
      } catch (error) {
        if (!isNotFound(error)) throw error;
      }
    }
  }

  return {
    async subscribe(accountId, properties) {
      const actions = ["CREATE", "UPDATE", "DELETE", "MERGE", "RESTORE"];
      await subscribe(
        { subscriptionType: "OBJECT", portalId: Number(accountId) },
        { actions, properties, objectIds: [] },
      );
    },
    async subscribePrivacyDeletions(accountId) {
      await subscribe(
        { subscriptionType: "GDPR_PRIVACY_DELETION", portalId: Number(accountId) },
        { actions: ["GDPR_DELETE"] },
      );
    },
    async unsubscribe(accountId) {
      await transport({ method: "DELETE", url: `${subscriptions}/portals/${accountId}` });
    },
    async subscribeUninstalls() {
      await subscribe(
        { subscriptionType: "APP_LIFECYCLE_EVENT", eventTypeId: UNINSTALLED },
        { properties: [] },
      );
    },
    async filesAfter(offset, count) {
      const from = offset === null ? `earliest/${count}` : `${offset}/next/${count}`;
      const url = at(`journal/${API_VERSION}/batch/${from}`);
      const { results } = await callJson(transport, Pointers, { method: "GET", url });
      return results.map(({ url, currentOffset }) => ({ url, offset: currentOffset }));
    },
    read: async ({ url }) => parseJournalFile(await download(url)),
  };
}

/** What a subscription is for: there is to be one of each. */
type Wanted = { subscriptionType: string; portalId?: number; eventTypeId?: string };

function isFor(
  row: Subscription,
  { subscriptionType, portalId, eventTypeId = CONTACT_TYPE }: Wanted,
): boolean {
  return (
    row.subscriptionType === subscriptionType &&
    (row.portalId ?? undefined) === portalId &&
    row.objectTypeId === eventTypeId
  );
}

/** Whether HubSpot keeps the whole journal from our app. A fault of our own configuration says nothing of that. */
export function isJournalRefusal(error: unknown): boolean {
  if (error instanceof OauthError) return ["BAD_SCOPES", "invalid_scope"].includes(error.category ?? "");
  return isDenied(error);
}

/** Whether HubSpot says no to what was asked of one account, whatever it says of others. */
export function isAccountRefusal(error: unknown): error is RemoteError {
  if (error instanceof OauthError) return false;
  return isRefusal(error) || isDenied(error);
}

/** The address is signed and good for an hour: our token has no business there. */
async function download(url: string): Promise<string> {
  const name = "a file of the journal";
  try {
    const response = await fetch(url, {
      redirect: "error",
      cache: "no-store",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (response.ok) return await response.text();
    const { status } = response;
    const category = [400, 403, 404, 410].includes(status) ? LOST_FILE : undefined;
    throw new RemoteError("transient", `${name}: status ${status}`, { category });
  } catch (cause) {
    if (cause instanceof RemoteError) throw cause;
    throw new RemoteError("transient", `${name}: no answer`, {}, { cause });
  }
}
