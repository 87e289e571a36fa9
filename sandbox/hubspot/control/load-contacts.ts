import type { Account } from "../account/account";
import type { Sandbox } from "../sandbox";
import { seedContacts } from "../seed/seed-contacts";

const AT_ONCE = 1000;
/** Beyond everybody of the sample data. */
const FIRST = 10_001;

/** Adds made-up people, without webhooks: what an account has before the app comes. Calls take turns with others. */
export async function loadContacts({ store }: Sandbox, account: Account, count: number): Promise<number> {
  for (let done = 0; done < count; done += AT_ONCE) {
    const first = (store.table<number>("counter").get(counterOf(account)) ?? FIRST - 1) + 1;
    const size = Math.min(AT_ONCE, count - done);
    seedContacts(account, first, size);
    store.put("counter", counterOf(account), first + size - 1);
    store.flush();
    account.revision += 1;
    await new Promise((resolve) => setImmediate(resolve));
  }
  return account.contacts.size;
}

function counterOf({ portalId }: Account): string {
  return `loaded:${portalId}`;
}
