import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { Tx } from "@/db/client";
import { isoTime } from "@/db/iso-time";
import { readIntegrationConnection } from "@/db/queries/hubspot-connections";
import { integrations } from "@/db/schema/integrations";
import { pendingRecords } from "@/db/schema/sync";
import { memberCause } from "@/services/activities/member-cause";
import { recordActivities } from "@/services/activities/record-activity";
import { type Ctx, requireAdmin } from "@/services/context";
import { ServiceError } from "@/services/service-error";
import { endNotices } from "@/services/telling/end-notices";
import type { FuseAnswer } from "@/sync/fuse-answers";
import { lockIntegration } from "./change-settings";

const AnswerFuse = z.object({
  integrationId: z.uuid(),
  answer: z.enum(["continue", "discard"]),
  /** When the fuse blew that the person was looking at: nobody answers a later one unseen. */
  seen: z.iso.datetime().optional(),
});

/**
 * A person says what becomes of the changes before which a fuse stopped: what was noticed until now is written
 * without being counted, or its harmful part is left alone on both sides. Syncing goes on; a broken connection
 * first has to be mended.
 */
export async function answerFuse({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.input<typeof AnswerFuse>;
}): Promise<void> {
  requireAdmin(ctx);
  const { integrationId, answer, seen } = AnswerFuse.parse(input);
  const known = await readIntegrationConnection(ctx.db, ctx.workspaceId, integrationId);
  if (!known) throw new ServiceError("not_found", "no such integration in this workspace");
  await ctx.db.transaction(async (tx) => {
    const { state, fuseStop, fuseAnswers } = await lockIntegration(tx, ctx.workspaceId, integrationId);
    if (!fuseStop || (seen && seen !== fuseStop.at))
      throw new ServiceError("out_of_date", "no such fuse waits for an answer", { reason: "fuse_answered" });
    const { kind } = fuseStop;
    const answered: FuseAnswer = { kind, answer, noticedUntil: await startOf(tx), stoppedAt: fuseStop.at };
    await tx
      .update(integrations)
      .set({
        ...(state === "broken" ? { stateBeforeBroken: "active" } : { state: "active" }),
        fuseStop: null,
        fuseAnswers: [...(await stillOpen(tx, integrationId, fuseAnswers)), answered],
      })
      .where(eq(integrations.id, integrationId));
    await endNotices(tx, { integrationId, kinds: ["fuse_blown"] });
    await recordActivities(tx, [
      {
        workspaceId: ctx.workspaceId,
        integrationId,
        kind: "integration/fuse_answered",
        recordName: known.connection.accountName,
        changes: [{ field: kind, label: kind, before: null, after: answer }],
        cause: memberCause(ctx),
      },
    ]);
  });
  await ctx.wake([integrationId]);
}

/** Answers that some waiting record is still about. */
async function stillOpen(tx: Tx, integrationId: string, answers: FuseAnswer[]): Promise<FuseAnswer[]> {
  const [oldest] = await tx
    .select({ noticedAt: pendingRecords.noticedAt })
    .from(pendingRecords)
    .where(eq(pendingRecords.integrationId, integrationId))
    .orderBy(pendingRecords.noticedAt)
    .limit(1);
  return answers.filter(
    ({ noticedUntil }) => oldest && oldest.noticedAt.getTime() <= Date.parse(noticedUntil),
  );
}

/** By the clock that stamps what is noticed. What is noticed while this runs was not part of the question. */
async function startOf(tx: Tx): Promise<string> {
  const [row] = await tx.execute<{ now: string }>(sql`select ${isoTime(sql`now()`)} as now`);
  if (!row) throw new Error("the database did not tell the time");
  return row.now;
}
