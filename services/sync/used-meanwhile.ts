import { lockProspects } from "@/connectors/prospects/lock-prospects";
import { readProspects } from "@/connectors/prospects/read-prospects";
import type { Tx } from "@/db/client";
import { linkedElsewhere } from "./linked-elsewhere";
import type { PageContext } from "./page-context";
import type { RecordWork } from "./record-work";

/**
 * Works whose prospect another integration has linked, or somebody has put into another list, since an undo found that
 * nobody uses it. Neither gives it another version. Both wait for the lock of its row, which this one holds from here on.
 */
export async function usedMeanwhile(
  tx: Tx,
  page: PageContext,
  works: RecordWork[],
): Promise<Set<RecordWork>> {
  const ids = works.flatMap(({ prospect }) => prospect?.id ?? []);
  if (!ids.length) return new Set();
  await lockProspects(tx, page.workspaceId, ids);
  const linked = await linkedElsewhere(tx, page.integrationId, ids);
  const now = await readProspects(tx, page.workspaceId, ids);
  return new Set(
    works.filter(({ prospect }) => {
      if (!prospect) return false;
      const listed = now.get(prospect.id)?.listIds ?? [];
      return linked.has(prospect.id) || listed.some((id) => !prospect.listIds.includes(id));
    }),
  );
}
