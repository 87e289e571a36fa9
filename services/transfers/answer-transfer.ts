import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { runItems } from "@/db/schema/runs";
import type { Ctx } from "@/services/context";
import { countDone } from "./count-done";
import { moveTransfer } from "./move-transfer";

const AnswerTransfer = z.object({ runId: z.uuid(), answer: z.enum(["continue", "leave_out"]) });

/**
 * Answers a transfer that would do more to some records than was shown: what is shown now may happen, or these records
 * are left out. The caller tells the engine of it.
 */
export function answerTransfer({ ctx, input }: { ctx: Ctx; input: z.input<typeof AnswerTransfer> }) {
  const { runId, answer } = AnswerTransfer.parse(input);
  return moveTransfer(
    ctx,
    { runId },
    {
      from: ["asking"],
      to: "running",
      act: answer === "continue" ? "continued" : "left_out",
      also: async (tx) => {
        const answered = await tx
          .update(runItems)
          .set({ outcome: answer === "continue" ? "planned" : "left_out", attempts: 0 })
          .where(and(eq(runItems.runId, runId), eq(runItems.outcome, "asked")))
          .returning({ recordId: runItems.recordId });
        if (answer === "leave_out")
          await countDone(tx, runId, { left_out: answered.length }, answered.length);
      },
    },
  );
}
