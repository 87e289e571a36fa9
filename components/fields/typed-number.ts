/**
 * A number as a person types it, as the value of a field: digits with a point. Thousands may be grouped and decimals
 * set apart as their language has it, and as the app itself shows numbers. What is no number stays as it was typed.
 */
export function typedNumber(text: string, locale: string): string | null {
  const typed = text.trim();
  const { group, decimal } = signsOf(locale);
  const [whole = "", ...decimals] = typed.split(decimal);
  if (isGrouped(whole, group) && decimals.length < 2 && /^\d*$/.test(decimals[0] ?? ""))
    return [whole.replaceAll(group, ""), ...decimals].join(".");
  // People in many countries type a decimal comma.
  return (/^[+-]?\d*,\d+$/.test(typed) ? typed.replace(",", ".") : typed) || null;
}

/** A field's number as it is put before the person who may change it: not grouped, with the decimal sign of the language. */
export function editedNumber(value: string, locale: string): string {
  return /^[+-]?\d*\.\d+$/.test(value) ? value.replace(".", signsOf(locale).decimal) : value;
}

function isGrouped(whole: string, group: string): boolean {
  const [first = "", ...rest] = whole.split(group);
  return /^[+-]?[1-9]\d{0,2}$/.test(first) && rest.length > 0 && rest.every((three) => /^\d{3}$/.test(three));
}

function signsOf(locale: string): { group: string; decimal: string } {
  const parts = new Intl.NumberFormat(locale, { useGrouping: "always" }).formatToParts(1000.5);
  const sign = (type: string, usual: string) => parts.find((part) => part.type === type)?.value ?? usual;
  return { group: sign("group", ","), decimal: sign("decimal", ".") };
}
