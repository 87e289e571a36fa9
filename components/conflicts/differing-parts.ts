import { longestShown, shownAround } from "@/components/overview/shown-part";

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

/** Of long texts what differs, or its begin, and what stands around it. */
export function shownParts({ before, differing, after }: Parts): Parts {
  const most = longestShown / 2;
  return {
    before: before.length > most ? `…${before.slice(-shownAround)}` : before,
    differing: differing.length > longestShown ? `${differing.slice(0, longestShown)}…` : differing,
    after: after.length > most ? `${after.slice(0, shownAround)}…` : after,
  };
}

function words(text: string): string[] {
  return text.split(/(?<=[\s@.,;:/()-])|(?=[\s@.,;:/()-])/u);
}
