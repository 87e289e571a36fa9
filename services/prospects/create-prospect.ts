import { z } from "zod";
import { listMembers, prospects } from "@/db/schema/prospects";
import { memberCause } from "../activities/member-cause";
import { recordActivities } from "../activities/record-activity";
import type { Ctx } from "../context";
import { markProspectsPending } from "../pending/mark-pending";
import { FieldValue, parseValues, readFields, requireIdentity } from "./parse-prospect-input";
import { changesOf, deltasOf } from "./prospect-deltas";
import { emailTaken, writeEmails } from "./prospect-emails";
import { columnsOf, prospectName } from "./prospect-values";
import { requireLists } from "./require-lists";

export const CreateProspect = z.object({
  /** Field key (`first_name`, `emails`, `phones`, `custom:<id>`, ...) → value. */
  values: z.record(z.string(), FieldValue),
  listIds: z.array(z.uuid()).max(100).default([]),
});
export type CreateProspect = z.input<typeof CreateProspect>;

export async function createProspect({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: CreateProspect;
}): Promise<{ id: string }> {
  const { values: raw, listIds } = CreateProspect.parse(input);
  let emails: string[] = [];
  const created = await ctx.db
    .transaction(async (tx) => {
      const fields = await readFields(tx, ctx.workspaceId);
      const values = parseValues(fields, raw);
      requireIdentity(values);
      await requireLists(tx, ctx.workspaceId, listIds);
      emails = Array.isArray(values.emails) ? values.emails : [];

      const deltas = deltasOf(fields, {}, values);
      const [row] = await tx
        .insert(prospects)
        .values({
          ...columnsOf(values, {}),
          workspaceId: ctx.workspaceId,
          fieldChanges: changesOf(deltas, new Date(), { kind: "member", id: ctx.userId }),
        })
        .returning({ id: prospects.id });
      if (!row) throw new Error("the new prospect was not returned");
      await writeEmails(tx, ctx.workspaceId, row.id, emails);
      if (listIds.length) {
        await tx
          .insert(listMembers)
          .values([...new Set(listIds)].map((listId) => ({ listId, prospectId: row.id })));
      }
      await recordActivities(tx, [
        {
          workspaceId: ctx.workspaceId,
          prospectId: row.id,
          side: "snov",
          kind: "prospect/created",
          recordName: prospectName(values),
          changes: deltas,
          cause: memberCause(ctx),
        },
      ]);
      return { id: row.id, wake: await markProspectsPending(tx, ctx.workspaceId, [row.id]) };
    })
    .catch(async (error: unknown) => {
      throw await emailTaken(error, ctx.db, ctx.workspaceId, emails);
    });
  await ctx.wake(created.wake);
  return { id: created.id };
}
