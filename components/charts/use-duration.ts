import { useFormatter } from "next-intl";

const units = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
] as const;

/** "0.4 sec", "12 sec", "3 min": as exact as anybody needs it. */
export function useDuration(): (ms: number) => string {
  const format = useFormatter();
  return (ms) => {
    const [unit, length] = units.find(([, one]) => ms >= 2 * one) ?? (["second", 1000] as const);
    const value = ms / length;
    const maximumFractionDigits = value < 10 && unit === "second" ? 1 : 0;
    return format.number(Math.max(value, unit === "second" ? 0.1 : 0), {
      style: "unit",
      unit,
      unitDisplay: "short",
      maximumFractionDigits,
    });
  };
}
