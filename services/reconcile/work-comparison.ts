import { errorFields, log } from "@/lib/log";
import type { Deps } from "@/services/context";
import { comparePage } from "./compare-page";
import { noteHindered } from "./note-hindered";

/** One page of a comparison. What keeps it from being read is noted with it, and thrown. */
export async function workComparison(deps: Deps, runId: string): Promise<{ more: boolean }> {
  try {
    return await comparePage(deps, runId);
  } catch (error) {
    await noteHindered(deps.db, runId, error).catch((failure) => {
      // Somebody is sent once the latest mark is over; the first error is the one to tell.
      log.warn("comparison/not-noted", errorFields(failure));
    });
    throw error;
  }
}
