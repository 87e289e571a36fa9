/** `first` and `second` differ in lightness as well as in colour; the others stand alone in their panels. */
export type Tone = "first" | "second" | "positive" | "info" | "critical" | "attention" | "neutral";

export type Panel = {
  label?: string;
  tones: Tone[];
  /** From the bottom up; null where nothing is known. */
  columns: (number[] | null)[];
  top: number;
  /** `top` in words. */
  topLabel: string;
};

/** Its values in words, one a column. */
export type Measure = { label: string; tone?: Tone; values: string[] };

export type TimeLabel = { key: string; short: string; long: string };

/** The next 1, 2 or 5 with zeros: what a scale may end at. */
export function roundTop(highest: number): number {
  if (highest <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(highest));
  return power * ([1, 2, 5].find((step) => step * power >= highest) ?? 10);
}

export function highestOf(columns: (number[] | null)[]): number {
  return Math.max(0, ...columns.map((column) => (column ?? []).reduce((sum, value) => sum + value, 0)));
}
