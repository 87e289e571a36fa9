import { CronExpressionParser } from "cron-parser";
import { reasonOf } from "./log";

/** The newest slot that is not in the future. */
export function lastSlot(cron: string, now: Date): Date {
  const [, zone, expression] = cron.match(/^TZ=(\S+)\s+(.+)$/) ?? [];
  // prev() answers with a slot before the given time; a slot of this very second is due.
  const currentDate = new Date(now.getTime() + 1);
  return CronExpressionParser.parse(expression ?? cron, { tz: zone ?? "UTC", currentDate })
    .prev()
    .toDate();
}

/** Why a schedule cannot be used, or null. */
export function checkCron(cron: string): string | null {
  try {
    lastSlot(cron, new Date());
    return null;
  } catch (error) {
    return `"${cron}" is not a schedule: ${reasonOf(error)}`;
  }
}
