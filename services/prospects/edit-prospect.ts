import { and, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { readEmails } from "@/connectors/prospects/read-emails";
import { prospects } from "@/db/schema/prospects";
import type { Value } from "@/sync/value";
import { memberCause } from "../activities/member-cause";
import { recordActivities } from "../activities/record-activity";
import type { Ctx } from "../context";
import { markProspectsPending } from "../pending/mark-pending";
import { ServiceError } from "../service-error";
import { FieldValue, parseValues, readFields, requireIdentity } from "./parse-prospect-input";
import { changesOf, deltasOf } from "./prospect-deltas";
import { emailTaken, writeEmails } from "./prospect-emails";
import { type ProspectField, sameFieldValue } from "./prospect-fields";
import { columnsOf, type ProspectValues, prospectName, valuesOf } from "./prospect-values";

export const EditProspect = z.object({
  id: z.uuid(),
  /** The version the person was looking at. */
  version: z.int(),
  /** Only the fields the person changed, each with the value they saw. */
  changes: z
    .array(z.object({ field: z.string(), seen: FieldValue, value: FieldValue }))
    .min(1)
    .max(300),
});
export type EditProspect = z.infer<typeof EditProspect>;

/** Refuses with `out_of_date` when one of these fields changed meanwhile; changes to others stand beside ours. */
export async function editProspect({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: EditProspect;
}): Promise<{ version: number }> {
  const { id, version, changes } = EditProspect.parse(input);
  const raw = Object.fromEntries(changes.map(({ field, value }) => [field, value]));
  const seen = Object.fromEntries(changes.map((change) => [change.field, change.seen]));
  let emails: string[] = [];
  const edited = await ctx.db
    .transaction(async (tx) => {
      const [row] = await tx
        .select()
        .from(prospects)
        .where(
          and(eq(prospects.id, id), eq(prospects.workspaceId, ctx.workspaceId), isNull(prospects.deletedAt)),
        )
        .for("no key update");
      if (!row) throw new ServiceError("not_found", "no such prospect", { reason: "prospect_gone" });
      const fields = await readFields(tx, ctx.workspaceId);
      const values = parseValues(fields, raw);
      const before = valuesOf(row, (await readEmails(tx, [id])).get(id) ?? []);
      if (row.version !== version) refuseOverwriting(fields, before, seen, values);

      const deltas = deltasOf(fields, before, values);
      if (!deltas.length) return { version: row.version, wake: [] };
      const after = { ...before, ...values };
      requireIdentity(after);
      if (deltas.some(({ field }) => field === "email" || field === "other_emails")) {
        emails = Array.isArray(values.emails) ? values.emails : [];
        await writeEmails(tx, ctx.workspaceId, id, emails);
      }
      const by = { kind: "member" as const, id: ctx.userId };
      await tx
        .update(prospects)
        .set({
          ...columnsOf(changedOnly(values, fields, before), row.custom),
          fieldChanges: { ...row.fieldChanges, ...changesOf(deltas, new Date(), by) },
          version: sql`${prospects.version} + 1`,
          updatedAt: sql`now()`,
        })
        .where(eq(prospects.id, id));
      await recordActivities(tx, [
        {
          workspaceId: ctx.workspaceId,
          prospectId: id,
          side: "snov",
          kind: "prospect/edited",
          recordName: prospectName(after),
          changes: deltas,
          cause: memberCause(ctx),
        },
      ]);
      return { version: row.version + 1, wake: await markProspectsPending(tx, ctx.workspaceId, [id]) };
    })
    .catch(async (error: unknown) => {
      throw await emailTaken(error, ctx.db, ctx.workspaceId, emails, id);
    });
  await ctx.wake(edited.wake);
  return { version: edited.version };
}

function refuseOverwriting(
  fields: ProspectField[],
  current: ProspectValues,
  seen: Record<string, Value>,
  wanted: ProspectValues,
): void {
  const moved = fields.filter(
    ({ key, kind }) =>
      key in wanted &&
      !sameFieldValue(kind, current[key], seen[key]) &&
      !sameFieldValue(kind, current[key], wanted[key]),
  );
  if (!moved.length) return;
  throw new ServiceError("out_of_date", "a field changed meanwhile", {
    reason: "prospect_changed",
    fields: Object.fromEntries(moved.map(({ key }) => [key, "changed_meanwhile"])),
  });
}

function changedOnly(
  values: ProspectValues,
  fields: ProspectField[],
  before: ProspectValues,
): ProspectValues {
  const changed = fields.filter(
    ({ key, kind }) => key in values && !sameFieldValue(kind, before[key], values[key]),
  );
  return Object.fromEntries(changed.map(({ key }) => [key, values[key] ?? null]));
}
