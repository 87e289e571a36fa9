import { useFormatter } from "next-intl";
import type { ChartRange } from "@/services/figures/read-charts";
import type { TimeLabel } from "./figure-parts";

/** The columns' times in the person's language and time zone: hours of a day, or days. */
export function useTimeLabels(): (starts: string[], range: ChartRange) => TimeLabel[] {
  const format = useFormatter();
  return (starts, range) =>
    starts.map((key) => {
      const at = new Date(key);
      if (range === "day")
        return {
          key,
          short: format.dateTime(at, { timeStyle: "short" }),
          long: format.dateTime(at, { weekday: "short", hour: "numeric", minute: "2-digit" }),
        };
      return {
        key,
        short: format.dateTime(at, { day: "numeric", month: "short" }),
        long: format.dateTime(at, { weekday: "short", day: "numeric", month: "short" }),
      };
    });
}
