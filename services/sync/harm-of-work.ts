import { type Harm, harmOf, noHarm } from "@/sync/fuses";
import type { Both } from "@/sync/side";
import type { Value } from "@/sync/value";
import type { RecordWork } from "./record-work";

export function harmOfWork(work: RecordWork): Harm {
  if (work.plan.kind === "look_again" || work.plan.kind === "outlived") return noHarm;
  return harmOf(work.plan, valuesOf(work));
}

/** What the records of a work hold before anything of it is written. */
export function valuesOf({ prospect, contact }: RecordWork): Both<Record<string, Value> | undefined> {
  return { snov: prospect?.fields, hubspot: contact?.fields };
}
