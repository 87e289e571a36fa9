/** Somebody else was faster: nothing of the page was kept, and its records are looked at again. */
export class LostRace extends Error {
  override name = "LostRace";
}
