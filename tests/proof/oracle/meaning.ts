import type { PlannerMapping } from "@/sync/planner-settings";
import type { Side } from "@/sync/side";
import type { Value } from "@/sync/value";

// Equality by meaning and the translation of choices, written a second time and otherwise than the planner's.

export function nothing(value: Value | undefined): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === "boolean") return false;
  return typeof value === "string" ? /^\s*$/.test(value) : value.length === 0;
}

/** Whether two values of the mapping's type say the same. */
export function means(
  mapping: Pick<PlannerMapping, "type" | "identity">,
  a: Value | undefined,
  b: Value | undefined,
): boolean {
  if (nothing(a)) return nothing(b);
  if (nothing(b)) return false;
  if (Array.isArray(a) || Array.isArray(b)) return sameSet(listOf(a), listOf(b));
  const [one, two] = [String(a).trim(), String(b).trim()];
  if (one === two) return true;
  if (mapping.identity || mapping.type === "boolean") return one.toLowerCase() === two.toLowerCase();
  if (mapping.type === "number") return sameDecimal(one, two);
  if (mapping.type === "date" || mapping.type === "datetime")
    return new Date(one).getTime() === new Date(two).getTime();
  return false;
}

function listOf(value: Value | undefined): string[] {
  return Array.isArray(value) ? value : [String(value)];
}

function sameSet(a: string[], b: string[]): boolean {
  return a.every((choice) => b.includes(choice)) && b.every((choice) => a.includes(choice));
}

function sameDecimal(a: string, b: string): boolean {
  const [x, y] = [decimal(a), decimal(b)];
  if (!x || !y) return false;
  const places = Math.max(x.places, y.places);
  if (scaled(x, places) === scaled(y, places)) return true;
  const areShort = [a, b].every((text) => /^[+-]?0*\d{0,15}(\.\d*)?$/.test(text));
  return places > 0 && areShort && Number(a) === Number(b);
}

function decimal(text: string): { digits: bigint; places: number } | null {
  const unsigned = text.replace(/^[+-]/, "");
  const [whole = "", fraction = "", ...rest] = unsigned.split(".");
  if (rest.length || !/^\d+$/.test(whole + fraction)) return null;
  const digits = BigInt(whole + fraction);
  return { digits: text.startsWith("-") ? -digits : digits, places: fraction.length };
}

function scaled({ digits, places }: { digits: bigint; places: number }, wanted: number): bigint {
  return digits * 10n ** BigInt(wanted - places);
}

export type Reading = { value: Value } | { unmapped: string };

export function isUnmapped(reading: Reading): reading is { unmapped: string } {
  return "unmapped" in reading;
}

/** A side's own value as both sides share it. */
export function shared(mapping: PlannerMapping, side: Side, own: Value): Reading {
  const map = mapping.choices[side];
  if (!map) return { value: own };
  if (nothing(own)) return { value: null };
  const meant: string[] = [];
  for (const choice of listOf(own)) {
    if (!Object.hasOwn(map, choice)) return { unmapped: choice };
    meant.push(map[choice] ?? "");
  }
  return { value: Array.isArray(own) ? unrepeated(meant) : (meant[0] ?? null) };
}

/** A shared value as a side has it; of the choices that mean it, those the side holds now are kept. */
export function own(mapping: PlannerMapping, side: Side, value: Value, now: Value): Reading {
  const map = mapping.choices[side];
  if (!map) return { value };
  if (nothing(value)) return { value: null };
  const held = nothing(now) ? [] : listOf(now);
  const found: string[] = [];
  for (const choice of listOf(value)) {
    const meaning = Object.keys(map).filter((key) => map[key] === choice);
    const [first] = meaning;
    if (first === undefined) return { unmapped: choice };
    const kept = meaning.filter((key) => held.includes(key));
    found.push(...(kept.length ? kept : [first]));
  }
  return { value: Array.isArray(value) ? unrepeated(found) : (found[0] ?? null) };
}

/** Two choices may mean one; it is there once. */
function unrepeated(choices: string[]): string[] {
  return choices.filter((choice, at) => choices.indexOf(choice) === at);
}
