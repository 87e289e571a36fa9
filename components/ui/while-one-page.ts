type Asked = { state: { data?: { pages: unknown[] } | undefined } };

/** A list is kept live until somebody reads further back: every page of it would be asked for each time. */
export function whileOnePage(everyMs: number): (query: Asked) => number | false {
  return ({ state: { data } }) => (data && data.pages.length > 1 ? false : everyMs);
}
