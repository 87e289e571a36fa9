export type Turns = {
  /** Runs `act` when those who came before are done, whatever became of them. */
  take<T>(act: () => Promise<T>): Promise<T>;
  /** How many wait. */
  waiting(): number;
};

/** One at a time within this process: who waits holds no connection to the database meanwhile. */
export function openTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return {
    take(act) {
      waiting += 1;
      const mine = last.then(() => {
        waiting -= 1;
        return act();
      });
      last = mine.catch(() => {});
      return mine;
    },
    waiting: () => waiting,
  };
}
