import { and, eq, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Tx } from "@/db/client";
import { readAsked } from "@/db/queries/transfers";
import { runItems } from "@/db/schema/runs";
import { type StandingAnswer, transfers } from "@/db/schema/transfers";
import type { Ctx } from "@/services/context";
import { ServiceError } from "@/services/service-error";
import { endNotices } from "@/services/telling/end-notices";
import { sides } from "@/sync/side";
import { countDone } from "./count-done";
import { moveTransfer } from "./move-transfer";

const AnswerTransfer = z.object({
  runId: z.uuid(),
  answer: z.enum(["continue", "leave_out"]),
  /** `askedKey` of what the person was shown. */
  seen: z.string(),
  /** Also for all further records of which these fields would be replaced. */
  forAll: z.boolean().default(false),
});
const Fields = z.array(z.object({ side: z.enum(sides), field: z.string() }));

/**
 * Answers a transfer that would do more to some records than was shown: what is shown now may happen, or these records
 * are left out. Throws `out_of_date` where it asks about others than the person saw. The caller tells the engine of it.
 */
export function answerTransfer({ ctx, input }: { ctx: Ctx; input: z.input<typeof AnswerTransfer> }) {
  const { runId, answer, seen, forAll } = AnswerTransfer.parse(input);
  return moveTransfer(
    ctx,
    { runId },
    {
      from: ["asking"],
      to: "running",
      act: answer === "continue" ? "continued" : "left_out",
      isOnce: true,
      also: async (tx, { integrationId, answers }) => {
        if ((await readAsked(tx, runId)).key !== seen)
          throw new ServiceError("out_of_date", "it asks about other records by now", {
            reason: "transfer_asks_anew",
          });
        if (forAll) await answerAll(tx, runId, answers, answer);
        const asked = and(eq(runItems.runId, runId), eq(runItems.outcome, "asked"));
        if (answer === "leave_out") await leaveOut(tx, runId, asked);
        else await tx.update(runItems).set({ outcome: "planned", attempts: 0 }).where(asked);
        // What it asks next is news again, however soon that is.
        await endNotices(tx, { integrationId, kinds: ["transfer_asking"], runId });
      },
    },
  );
}

/** Nothing of them travels any more: no field of theirs stays while others do. */
async function leaveOut(tx: Tx, runId: string, asked: SQL | undefined): Promise<void> {
  const held = await tx.$count(runItems, and(asked, eq(runItems.held, true)));
  const leftOut = await tx
    .update(runItems)
    .set({ outcome: "left_out", held: false })
    .where(asked)
    .returning({ recordId: runItems.recordId });
  const count = leftOut.length;
  await countDone(tx, runId, { done: { left_out: count }, changed: count, held: -held });
}

async function answerAll(
  tx: Tx,
  runId: string,
  earlier: StandingAnswer[],
  answer: StandingAnswer["answer"],
): Promise<void> {
  const fields = await tx.execute(sql`
    select distinct c->>'side' as side, c->>'field' as field
    from run_items i, jsonb_array_elements(i.changes) c
    where i.run_id = ${runId}::uuid and i.outcome = 'asked' and c ? 'beyond'`);
  const given = Fields.parse([...fields]).map((one) => ({ ...one, answer }));
  const kept = earlier.filter((other) => !given.some((one) => isSameField(one, other)));
  await tx
    .update(transfers)
    .set({ answers: [...kept, ...given] })
    .where(eq(transfers.runId, runId));
}

function isSameField(a: Pick<StandingAnswer, "side" | "field">, b: Pick<StandingAnswer, "side" | "field">) {
  return a.side === b.side && a.field === b.field;
}
