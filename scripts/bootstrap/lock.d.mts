export type Holder = { pid: number; identity: string } & Record<string, unknown>;
export type Lock = {
  /** Adds facts about the holder that others may read. */
  update(about: Record<string, unknown>): void;
  release(): void;
};
/** Takes the lock for this process, or tells which living process holds it. */
export function takeLock(
  file: string,
  about?: Record<string, unknown>,
): { lock: Lock; holder?: undefined } | { lock?: undefined; holder: Holder };
export function waitForLock(file: string, onWait?: (holder: Holder) => void): Promise<Lock>;
export function readHolder(file: string): Holder | undefined;
