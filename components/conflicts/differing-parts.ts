export type Parts = { before: string; differing: string; after: string };

/** The part of each of two texts in which they differ, cut between words. */
export function differingParts(one: string, other: string): [Parts, Parts] {
  const [ones, others] = [words(one), words(other)];
  const shorter = Math.min(ones.length, others.length);
  let start = 0;
  while (start < shorter && ones[start] === others[start]) start++;
  let end = 0;
  while (end < shorter - start && ones.at(-1 - end) === others.at(-1 - end)) end++;
  const cut = (all: string[]): Parts => ({
    before: all.slice(0, start).join(""),
    differing: all.slice(start, all.length - end).join(""),
    after: all.slice(all.length - end).join(""),
  });
  return [cut(ones), cut(others)];
}

function words(text: string): string[] {
  return text.split(/(?<=[\s@.,;:/()-])|(?=[\s@.,;:/()-])/u);
}
