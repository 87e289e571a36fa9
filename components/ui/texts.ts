/** What next-intl gives a component, or a route, of a part of the texts. */
export type Texts = {
  (key: string, values?: Record<string, string | number>): string;
  has(key: string): boolean;
};
