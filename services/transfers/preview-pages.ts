import type { Deps } from "@/services/context";
import { nextPreviewPage, type PreviewPage, savePreviewPage } from "./preview-page";

/** While one page of a preview waits for HubSpot, those that follow are read and planned already. */
const pagesAhead = 6;

/**
 * Pages of a preview until `end` (epoch, ms), or one: planned by the real planner from what both sides hold now, and nothing
 * written to either. An integration that may not sync now leaves the preview where it is. They are chosen one after the other, planned together and saved in their order,
 * so that the checkpoint is exact: whatever was not saved is read again. `more`: another page follows.
 */
export async function previewPages(deps: Deps, runId: string, end: number): Promise<{ more: boolean }> {
  let last = await nextPreviewPage(deps, runId);
  if (!last) return { more: false };
  const under = [begun(last)];
  let failure: unknown;
  try {
    for (;;) {
      while (last && !last.next.listed && under.length < pagesAhead && Date.now() < end) {
        // Those before it are saved first: they are good.
        last = await nextPreviewPage(deps, runId, last.next).catch((error) => {
          failure = error;
          return null;
        });
        if (last) under.push(begun(last));
      }
      const first = under.shift();
      if (failure && !first) throw failure;
      if (!first) return { more: true };
      const { more, overtaken } = await savePreviewPage(deps.db, runId, first);
      if (!more || overtaken) return { more };
    }
  } finally {
    // Nothing may go on behind the back of a step that has ended.
    await Promise.allSettled(under.map(({ ahead }) => ahead));
  }
}

/** Its failure is told when its turn has come. */
function begun(page: PreviewPage): PreviewPage {
  page.ahead.catch(() => {});
  return page;
}
