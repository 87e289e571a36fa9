import type { Db } from "@/db/client";

/** The driver's, as far as drizzle asks it: of a transaction it has one of its own. */
type Sender = { unsafe(text: string, ...rest: unknown[]): Promise<unknown> };
type Client = Sender & { begin(work: (inside: Sender) => unknown): unknown };
/** A query of the driver is sent once somebody waits for it, by its handler. */
type Unsent = { handler(query: unknown): unknown };

/** Does `act` once, right before the next statement that matches is sent, be it of a transaction or not. */
export function beforeStatement(db: Db, matching: RegExp, act: () => Promise<unknown>): void {
  let isDue = true;
  watchStatements(db, (text, unsent) => {
    if (!isDue || !matching.test(text)) return;
    isDue = false;
    const { handler } = unsent;
    unsent.handler = (sent) => void act().then(() => handler(sent));
  });
}

/** How many statements go out from now on. */
export function countStatements(db: Db): { sent: number } {
  const count = { sent: 0 };
  watchStatements(db, () => {
    count.sent += 1;
  });
  return count;
}

function watchStatements(db: Db, see: (text: string, unsent: Unsent) => void): void {
  const watch = <S extends Sender>(sender: S): S => {
    const send = sender.unsafe.bind(sender);
    sender.unsafe = (text, ...rest) => {
      const query = send(text, ...rest);
      see(text, query as unknown as Unsent);
      return query;
    };
    return sender;
  };
  const client = watch(db.$client as unknown as Client);
  const begin = client.begin.bind(client);
  client.begin = (work) => begin((inside) => work(watch(inside)));
}
