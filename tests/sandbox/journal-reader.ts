import type { JournalEvent } from "../../sandbox/hubspot/webhooks-journal/journal-event";
import { type ContactBody, startTestSandbox, type TestSandbox } from "./test-sandbox";

export interface Pointer {
  url: string;
  expiresAt: string;
  currentOffset: string;
}
export interface PointerBatch {
  status: string;
  results: Pointer[];
  numErrors?: number;
}

export const JOURNAL_SCOPES = [
  "developer.webhooks_journal.read",
  "developer.webhooks_journal.subscriptions.read",
  "developer.webhooks_journal.subscriptions.write",
  "developer.webhooks_journal.snapshots.read",
  "developer.webhooks_journal.snapshots.write",
  "crm.objects.contacts.read",
];

export const CONTACTS = "/crm/objects/2026-03/contacts";

/** A sandbox whose journal shows every event at once. */
export async function startWithJournal(): Promise<TestSandbox> {
  const sandbox = await startTestSandbox();
  await sandbox.control("PATCH", "/settings", { journalDelayMs: 0 });
  await sandbox.call("GET", CONTACTS);
  return sandbox;
}

export async function createContact(sandbox: TestSandbox, email: string, more: Record<string, string> = {}) {
  const { body } = await sandbox.call<ContactBody>("POST", CONTACTS, { properties: { email, ...more } });
  return body.id;
}

/** Reads a sandbox's webhooks journal as an app does that polls it. */
export async function journalReader(sandbox: TestSandbox, scopes = JOURNAL_SCOPES) {
  const grant = { grant_type: "client_credentials", scope: scopes.join(" ") };
  const { body } = await sandbox.form<{ access_token: string }>("/oauth/2026-03/token", {
    ...sandbox.app,
    ...grant,
  });
  const call = <T = Pointer>(method: string, path: string, input?: unknown) =>
    sandbox.raw<T>(method, `/webhooks-journal${path}`, input, body.access_token);
  const read = async ({ url }: Pointer): Promise<JournalEvent[]> => {
    const answer = await fetch(url);
    const file: { journalEvents: JournalEvent[] } = await answer.json();
    return file.journalEvents;
  };
  return {
    call,
    read,
    subscribe: (more: object = {}) =>
      call<{ id: number; createdAt: string; properties?: string[] }>("POST", "/subscriptions/2026-03", {
        subscriptionType: "OBJECT",
        portalId: 24_000_001,
        objectTypeId: "0-1",
        actions: ["CREATE", "UPDATE", "DELETE", "MERGE", "RESTORE"],
        properties: ["email", "city"],
        objectIds: [],
        ...more,
      }),
    /** All events after an offset, or from the beginning, page by page. */
    all: async (from?: string) => {
      const events: JournalEvent[] = [];
      let path = from === undefined ? "earliest" : `offset/${from}/next`;
      for (;;) {
        const { status, body: pointer } = await call("GET", `/journal/2026-03/${path}`);
        if (status === 204) return events;
        if (status !== 200) throw new Error(`the journal answered ${status}`);
        events.push(...(await read(pointer)));
        path = `offset/${pointer.currentOffset}/next`;
      }
    },
  };
}
