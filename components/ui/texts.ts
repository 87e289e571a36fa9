/** What next-intl gives a component, or a route, of a part of the texts. */
export type Texts = {
  (key: string, values?: Record<string, string | number>): string;
  has(key: string): boolean;
};

/** The texts below one key, as if they were all. */
export function textsUnder(all: Texts, part: string): Texts {
  return Object.assign((key: string, values?: Parameters<Texts>[1]) => all(`${part}.${key}`, values), {
    has: (key: string) => all.has(`${part}.${key}`),
  });
}
