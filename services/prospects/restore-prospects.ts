import { and, asc, eq, inArray, isNotNull, sql } from "drizzle-orm";
import { z } from "zod";
import type { Tx } from "@/db/client";
import { trashedAfter } from "@/db/queries/prospects-trash";
import { prospectEmails, prospects } from "@/db/schema/prospects";
import { memberCause } from "../activities/member-cause";
import { recordActivities } from "../activities/record-activity";
import type { Ctx } from "../context";
import { markProspectsPending } from "../pending/mark-pending";
import { ServiceError } from "../service-error";
import { nameColumn } from "./name-column";
import { emailTaken } from "./prospect-emails";
import { ProspectIds } from "./trash-prospects";

export const RestoreProspects = z.object({ ids: ProspectIds });
export type RestoreProspects = z.infer<typeof RestoreProspects>;

/** A prospect whose address belongs to another one by now stays in the trash. */
export type RefusedRestore = {
  id: string;
  name: string | null;
  email: string;
  holderId: string;
  holderName: string | null;
};

export async function restoreProspects({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: RestoreProspects;
}): Promise<{ restored: string[]; refused: RefusedRestore[] }> {
  const { ids } = RestoreProspects.parse(input);
  const { restored, refused, wake } = await ctx.db
    .transaction(async (tx) => {
      const rows = await tx
        .select({ id: prospects.id, name: nameColumn })
        .from(prospects)
        .where(
          and(
            eq(prospects.workspaceId, ctx.workspaceId),
            inArray(prospects.id, ids),
            isNotNull(prospects.deletedAt),
            trashedAfter(prospects.deletedAt),
          ),
        )
        .orderBy(asc(prospects.id))
        .for("update", { of: prospects });
      if (!rows.length) throw new ServiceError("not_found", "not in the trash", { reason: "not_in_trash" });
      const refused = await findHolders(tx, ctx.workspaceId, rows);
      const stay = new Set(refused.map(({ id }) => id));
      const back = rows.filter(({ id }) => !stay.has(id));
      const restored = back.map(({ id }) => id);
      if (!restored.length) return { restored, refused, wake: [] };

      await tx
        .update(prospects)
        .set({
          deletedAt: null,
          deletedBy: null,
          updatedAt: sql`now()`,
          version: sql`${prospects.version} + 1`,
        })
        .where(inArray(prospects.id, restored));
      await tx.update(prospectEmails).set({ live: true }).where(inArray(prospectEmails.prospectId, restored));
      await recordActivities(
        tx,
        back.map(({ id, name }) => ({
          workspaceId: ctx.workspaceId,
          prospectId: id,
          side: "snov" as const,
          kind: "prospect/restored",
          recordName: name,
          cause: memberCause(ctx),
        })),
      );
      return { restored, refused, wake: await markProspectsPending(tx, ctx.workspaceId, restored) };
    })
    .catch(async (error: unknown) => {
      throw await emailTaken(error, ctx.db, ctx.workspaceId, []);
    });
  await ctx.wake(wake);
  return { restored, refused };
}

/** Among those to restore, the one with the smaller id keeps a shared address. */
async function findHolders(
  tx: Tx,
  workspaceId: string,
  rows: { id: string; name: string | null }[],
): Promise<RefusedRestore[]> {
  const wanted = await tx
    .select({ id: prospectEmails.prospectId, key: prospectEmails.matchKey, email: prospectEmails.email })
    .from(prospectEmails)
    .where(
      inArray(
        prospectEmails.prospectId,
        rows.map(({ id }) => id),
      ),
    )
    .orderBy(asc(prospectEmails.prospectId), asc(prospectEmails.position));
  if (!wanted.length) return [];
  const live = await tx
    .select({ id: prospects.id, name: nameColumn, key: prospectEmails.matchKey })
    .from(prospectEmails)
    .innerJoin(prospects, eq(prospects.id, prospectEmails.prospectId))
    .where(
      and(
        eq(prospectEmails.workspaceId, workspaceId),
        eq(prospectEmails.live, true),
        inArray(
          prospectEmails.matchKey,
          wanted.map(({ key }) => key),
        ),
      ),
    );
  const holders = new Map(live.map((holder) => [holder.key, holder]));
  return rows.flatMap((row) => {
    const own = wanted.filter(({ id }) => id === row.id);
    const clash = own.find(({ key }) => holders.has(key));
    const holder = clash && holders.get(clash.key);
    if (clash && holder) {
      return [{ ...row, email: clash.email, holderId: holder.id, holderName: holder.name }];
    }
    for (const { key } of own) holders.set(key, { ...row, key });
    return [];
  });
}
