/**
 * What the engine does not promise. Each of these is a gap that the simulation knows by name; once the engine
 * closes it, the entry goes, and every run holds the engine to it.
 */
export const tolerated = {
  /**
   * A contact that was created without our learning of it, and that a person then removed or gave another address,
   * is created once more: nothing tells it again. Where contacts carry the ids of their prospects, only the removed one is.
   */
  unseenCreationComesBack: true,
  /**
   * What our write hid, and the activity of a write whose worker died, where the pair came apart before we looked
   * a second time: removed, merged away, in dispute, under another address. HubSpot's history has both.
   */
  outOfReachBeforeSecondLook: true,
};
