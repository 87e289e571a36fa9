import type { CallKind, Lane } from "@/db/schema/rates";
import type { LimitReport } from "./limit-report";
import type { AskedPause } from "./remote-error";
import type { Wanted } from "./share-slots";

/** A slot that is taken. `lease` tells its holder from a later one. */
export type Slot = { number: number; lease: string };

export type Taken = {
  granted: Record<Lane, Slot[]>;
  /** Of `slots` slots so many are still free; each comes back after `windowMs`. */
  free: number;
  slots: number;
  windowMs: number;
  /** HubSpot wants no call for so long, and why. */
  pause: AskedPause | null;
  askAgainMs: number | null;
};

/** Where the slots of one account are kept. */
export type SlotStore = {
  take(kind: CallKind, wanted: Wanted): Promise<Taken>;
  /** The call was answered `tookMs` after its slot was taken. Never throws: a lease ends by itself. */
  release(kind: CallKind, slot: Slot, answer: { tookMs: number; report?: LimitReport | undefined }): void;
  pause(kind: CallKind, pause: AskedPause): Promise<void>;
};
