/** All chance of a run comes from here: one seed, one run. */
export type Random = ReturnType<typeof randomOf>;

export function randomOf(seed: number) {
  const next = sfc32(seed);
  const below = (count: number) => Math.floor((next() / 2 ** 32) * count);
  const pick = <T>(items: readonly T[]): T => {
    if (!items.length) throw new Error("there is nothing to pick from");
    return items[below(items.length)] as T;
  };
  return {
    bits: next,
    below,
    between: (least: number, most: number) => least + below(most - least + 1),
    chance: (share: number) => next() / 2 ** 32 < share,
    pick,
    /** One of the names, as often as its weight says. */
    weighted: <T extends string>(weights: Partial<Record<T, number>>): T => {
      const entries = Object.entries(weights) as [T, number][];
      let left = (next() / 2 ** 32) * entries.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [name, weight] of entries) {
        left -= weight;
        if (left < 0) return name;
      }
      return pick(entries)[0];
    },
    shuffled: <T>(items: readonly T[]): T[] => {
      const mixed = [...items];
      for (let at = mixed.length - 1; at > 0; at -= 1) {
        const other = below(at + 1);
        [mixed[at], mixed[other]] = [mixed[other] as T, mixed[at] as T];
      }
      return mixed;
    },
  };
}

/** Chris Doty-Humphrey's small fast counter, 32 bits at a time. */
function sfc32(seed: number): () => number {
  let [a, b, c, counter] = [seed | 0, Math.floor(seed / 2 ** 32) | 0, 0x9e3779b9 | 0, 1];
  const next = () => {
    const result = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + result;
    return result >>> 0;
  };
  for (let round = 0; round < 15; round += 1) next();
  return next;
}
