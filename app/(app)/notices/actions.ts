"use server";

import { runAction } from "@/app/server/run-action";
import { type MarkReadInput, markRead } from "@/services/telling/mark-read";

export async function markReadAction(input: MarkReadInput) {
  return runAction(async (ctx) => {
    await markRead({ ctx, input });
    return null;
  });
}
