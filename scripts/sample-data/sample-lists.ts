export const sampleLists = ["Webinar: spring", "Trade fair Lisbon", "Newsletter"];

/** Everybody is in one list; some are in a second one too. */
export function listsOf(at: number): number[] {
  const first = at % sampleLists.length;
  return at % 10 === 0 ? [first, (first + 1) % sampleLists.length] : [first];
}
