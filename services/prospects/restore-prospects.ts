import { and, asc, eq, inArray, isNotNull } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { z } from "zod";
import { restoreProspects as takeOut } from "@/connectors/prospects/restore-prospects";
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
      const outcomes = await takeOut(
        tx,
        ctx.workspaceId,
        rows.map(({ id }) => id),
      );
      const [back, stay] = [
        rows.filter(({ id }) => outcomes.get(id) === "restored"),
        rows.filter(({ id }) => outcomes.get(id) === "email_taken"),
      ];
      const restored = back.map(({ id }) => id);
      const refused = await nameHolders(tx, ctx.workspaceId, stay);
      if (!restored.length) return { restored, refused, wake: [] };
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

async function nameHolders(
  tx: Tx,
  workspaceId: string,
  rows: { id: string; name: string | null }[],
): Promise<RefusedRestore[]> {
  if (!rows.length) return [];
  const own = alias(prospectEmails, "own");
  const clashes = await tx
    .select({ id: own.prospectId, email: own.email, holderId: prospects.id, holderName: nameColumn })
    .from(own)
    .innerJoin(
      prospectEmails,
      and(
        eq(prospectEmails.workspaceId, workspaceId),
        eq(prospectEmails.matchKey, own.matchKey),
        eq(prospectEmails.live, true),
      ),
    )
    .innerJoin(prospects, eq(prospects.id, prospectEmails.prospectId))
    .where(
      inArray(
        own.prospectId,
        rows.map(({ id }) => id),
      ),
    )
    .orderBy(asc(own.position));
  return rows.flatMap((row) => {
    const clash = clashes.find(({ id }) => id === row.id);
    return clash ? [{ ...clash, name: row.name }] : [];
  });
}
