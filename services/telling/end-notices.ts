import { and, eq, inArray, isNull } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { notices } from "@/db/schema/notices";
import type { NoticeKind } from "@/lib/notice-kinds";

type Over = { integrationId: string; kinds: NoticeKind[]; runId?: string };

/** What was told is over: in the transaction that ends it. */
export async function endNotices(tx: Tx, { integrationId, kinds, runId }: Over): Promise<void> {
  await tx
    .update(notices)
    .set({ endedAt: new Date() })
    .where(
      and(
        eq(notices.integrationId, integrationId),
        inArray(notices.kind, kinds),
        runId ? eq(notices.runId, runId) : undefined,
        isNull(notices.endedAt),
      ),
    );
}
