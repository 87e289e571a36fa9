import { type Harm, type HarmfulWrite, harmfulWrites, harmOf, noHarm } from "@/sync/fuses";
import { isOrdinary } from "@/sync/page-plan";
import type { Both } from "@/sync/side";
import type { Value } from "@/sync/value";
import type { RecordWork } from "./record-work";

export function harmOfWork(work: RecordWork): Harm {
  if (!isOrdinary(work.plan)) return noHarm;
  return harmOf(work.plan, valuesOf(work));
}

export function harmfulWritesOf(work: RecordWork): HarmfulWrite[] {
  return work.plan.kind === "pair" ? harmfulWrites(work.plan, valuesOf(work)) : [];
}

/** What the records of a work hold before anything of it is written. */
export function valuesOf({ prospect, contact }: RecordWork): Both<Record<string, Value> | undefined> {
  return { snov: prospect?.fields, hubspot: contact?.fields };
}
