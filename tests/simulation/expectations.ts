import type { FinalState } from "./checks/final-state";

/**
 * What the engine does not promise. Each of these is a gap that the simulation knows by name; once the engine
 * closes it, the entry goes, and every run holds the engine to it.
 */
export const tolerated = {
  /**
   * A contact that was created without our learning of it, and that a person then removed or gave another address,
   * is created once more: HubSpot offers nothing by which it could be known again.
   */
  unseenCreationComesBack: true,
  /** Disputes about one merged contact mark one another for ever. */
  disputesMarkOneAnother: true,
  /** A contact whose address leads to a prospect in dispute, or to one whose contact was removed, gets no status. */
  untoldBesideDispute: true,
  /** A contact whose address changes between two reads of one page may leave a prospect that was created for the old one. */
  createdForAStaleRead: true,
  /** Whether a removal or a new record with its address is seen first decides which conflict is opened. */
  disputesDependOnOrder: true,
  /** What our write hid, and the activity of a write whose worker died, where the pair came apart before the next look. */
  outOfReachBeforeSecondLook: true,
};

/** Records whose breaches are those known gaps. */
export function excused({ pending, disputed }: FinalState): string[] {
  const ids = new Set<string>();
  if (tolerated.disputesMarkOneAnother && pending.every((record) => disputed.has(record)))
    for (const record of pending) ids.add(record.split(" ")[1] ?? "");
  return [...ids];
}
