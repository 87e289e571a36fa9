import { Fault } from "./bootstrap/fault.mjs";

/** What stands after `--name`. A run of nothing proves nothing, so a caller may ask for at least 1. */
export function wholeOption(name: string, text: string, least: number): number {
  const value = Number(text);
  if (!text.trim() || !Number.isSafeInteger(value) || value < least)
    throw new Fault(`--${name} is a whole number from ${least} on, not "${text}".`);
  return value;
}
