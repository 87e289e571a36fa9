import type { Direction } from "@/sync/direction";
import type { Policy } from "@/sync/policy";
import type { SafetyChoices, SectionProps } from "./section";

type Saved = Pick<SectionProps["settings"], "launchedAt" | "syncType" | "policy" | "mappings">;

/** Saving that sync type also settles what waits for a person: of a field that travels one way the sending side counts. */
export function directionSettlesOpen({ launchedAt, syncType }: Saved, draft: Direction): boolean {
  return launchedAt !== null && syncType === "both" && draft !== "both";
}

/** So does a choice by which a field that was asked about is settled from now on. */
export function policySettlesOpen(
  { launchedAt, syncType, policy, mappings }: Saved,
  draft: Pick<SafetyChoices, "policy" | "exceptions">,
): boolean {
  const now = (id: string): Policy => draft.exceptions[id] ?? draft.policy;
  return (
    launchedAt !== null &&
    syncType === "both" &&
    mappings.some(({ id, policy: own }) => (own ?? policy) !== now(id) && now(id) !== "ask")
  );
}
