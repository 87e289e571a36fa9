import { z } from "zod";
import { type ItemsAfter, readTransferItems, type TransferItem } from "@/db/queries/transfer-items";
import { storableText } from "@/lib/storable-text";
import type { Ctx } from "@/services/context";
import { requireTransfer } from "./read-transfer";

const ReadItems = z.object({
  runId: z.string(),
  outcome: z
    .enum([
      "planned",
      "created",
      "updated",
      "unchanged",
      "in_conflict",
      "failing",
      "excluded",
      "asked",
      "left_out",
      "put_back",
      "taken_back",
    ])
    .optional(),
  planned: z.enum(["create", "update", "conflict", "equal", "skip", "put_back", "take_back"]).optional(),
  overwrites: z.stringbool().optional(),
  held: z.stringbool().optional(),
  search: z
    .string()
    .transform((text) => storableText(text).trim().slice(0, 100))
    .optional(),
  /** After which record the page begins, both together. */
  name: z.string().max(500).transform(storableText).optional(),
  recordId: z.string().max(60).transform(storableText).optional(),
});

export type { TransferItem };
export type ReadItemsInput = z.input<typeof ReadItems>;
export type ItemsPage = { items: TransferItem[]; next: ItemsAfter | null };

/** What a transfer would do, or has done, to each record. `length`: records of a page. */
export async function readItems({
  ctx,
  input,
  length = 50,
}: {
  ctx: Pick<Ctx, "db" | "workspaceId">;
  input: ReadItemsInput;
  length?: number;
}): Promise<ItemsPage> {
  const { runId, name, recordId, ...filter } = ReadItems.parse(input);
  const known = await requireTransfer(ctx, runId);
  const after = name !== undefined && recordId !== undefined ? { name, recordId } : null;
  return await readTransferItems(ctx.db, ctx.workspaceId, known, { filter, after, length });
}
