/** A field's value. A property may be called "constructor", which every object seems to have. */
export function ownValue<T>(values: Readonly<Record<string, T>>, field: string): T | undefined {
  return Object.hasOwn(values, field) ? values[field] : undefined;
}
