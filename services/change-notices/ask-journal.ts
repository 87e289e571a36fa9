import { isAccountRefusal } from "@/connectors/hubspot/journal";
import { OauthError } from "@/connectors/hubspot/oauth-error";
import { RemoteError } from "@/connectors/hubspot/remote-error";
import { errorFields, log } from "@/lib/log";

/** `unanswered`: something that may pass; the same is asked again at the next reading. */
export type JournalAnswer = "granted" | "refused" | "unanswered";

/**
 * Asks for something the journal is to tell, of one account or of all. What HubSpot has against it leaves the reading of
 * the journal as it is; only our own app's fault ends that. A refusal that is known already is told to nobody again.
 */
export async function askJournal(
  account: string,
  ask: () => Promise<void>,
  { wasRefused } = { wasRefused: false },
): Promise<JournalAnswer> {
  try {
    await ask();
    return "granted";
  } catch (error) {
    if (!(error instanceof RemoteError) || error instanceof OauthError) throw error;
    const isRefused = isAccountRefusal(error);
    if (!isRefused) log.warn("journal/account-unanswered", { account, ...errorFields(error) });
    else if (!wasRefused) log.warn("journal/account-refused", { account, ...errorFields(error) });
    return isRefused ? "refused" : "unanswered";
  }
}
