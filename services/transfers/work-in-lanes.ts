import type { TransferProgress } from "./transfer-page";

type Lanes = {
  /** How many begin. */
  first: number;
  most: number;
  /** Whether another one would have something to do that those which are open leave. */
  hasRoom: () => Promise<boolean>;
  isOver: () => boolean;
};

/**
 * Takes page after page in several lanes at once, and returns how each lane ended. Once the time is over, or one has failed,
 * each ends the page it is at, and no other begins. A failure is thrown when none goes on behind its back.
 */
export async function workInLanes(
  page: () => Promise<TransferProgress>,
  { first, most, hasRoom, isOver }: Lanes,
): Promise<TransferProgress[]> {
  const lanes: Promise<TransferProgress>[] = [];
  const failures: unknown[] = [];
  const goesOn = () => !failures.length && !isOver();
  const mayOpen = () => goesOn() && lanes.length < most;
  const pages = async (): Promise<TransferProgress> => {
    let last: TransferProgress;
    do {
      last = await page();
      if (last.worked && mayOpen() && (await hasRoom()) && mayOpen()) open();
    } while (last.worked && last.more && goesOn());
    return last;
  };
  const open = () =>
    lanes.push(
      pages().catch((error) => {
        failures.push(error);
        return { worked: 0, more: true };
      }),
    );
  while (lanes.length < first) open();
  const progress: TransferProgress[] = [];
  // Lanes open others while they are waited for.
  for (const lane of lanes) progress.push(await lane);
  if (failures.length) throw failures[0];
  return progress;
}
