import type { ConflictChoice } from "@/db/schema/conflicts";
import { resolveConflicts } from "@/services/conflicts/resolve-conflicts";
import type { SyncWorld } from "./sync-world";

/** What somebody says of an open conflict, as it is shown; looked at by no page yet. */
export async function decideConflict(
  { ctx, integrationId }: SyncWorld,
  open: { id: string; revision: number } | undefined,
  choice: ConflictChoice,
) {
  const resolutions = [{ conflictId: open?.id ?? "", seen: open?.revision ?? 0, choice }];
  const { answers, resolutionId } = await resolveConflicts({ ctx, input: { integrationId, resolutions } });
  return { answer: answers[0]?.answer, resolutionId };
}
