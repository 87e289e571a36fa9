import { and, asc, eq, inArray, isNull } from "drizzle-orm";
import { z } from "zod";
import type { Tx } from "@/db/client";
import { listMembers, prospectLists, prospects } from "@/db/schema/prospects";
import { memberCause } from "../activities/member-cause";
import { recordActivities } from "../activities/record-activity";
import type { Ctx } from "../context";
import { markProspectsPending } from "../pending/mark-pending";
import { ServiceError } from "../service-error";
import { nameColumn } from "./name-column";
import { requireLists } from "./require-lists";
import { ProspectIds } from "./trash-prospects";

const ListIds = z.array(z.uuid()).max(100).default([]);

export const ChangeLists = z.object({ ids: ProspectIds, add: ListIds, remove: ListIds });
export type ChangeLists = z.input<typeof ChangeLists>;

/** Adds prospects to lists and takes them out of others in one act: copy is `add`, move is both. */
export async function changeLists({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: ChangeLists;
}): Promise<{ changed: number }> {
  const { ids, add, remove } = ChangeLists.parse(input);
  const { changed, wake } = await ctx.db.transaction(async (tx) => {
    const lists = await requireLists(tx, ctx.workspaceId, [...add, ...remove]);
    const rows = await tx
      .select({ id: prospects.id, name: nameColumn })
      .from(prospects)
      .where(
        and(
          eq(prospects.workspaceId, ctx.workspaceId),
          inArray(prospects.id, ids),
          isNull(prospects.deletedAt),
        ),
      )
      .orderBy(asc(prospects.id))
      .for("no key update", { of: prospects });
    if (!rows.length) throw new ServiceError("not_found", "no such prospect", { reason: "prospect_gone" });

    const before = await readMemberships(
      tx,
      rows.map(({ id }) => id),
    );
    const leaving = new Set(remove.filter((id) => !add.includes(id)));
    const planned = rows.map((row) => {
      const had = before.get(row.id) ?? new Map<string, string>();
      const after = new Map([...had].filter(([id]) => !leaving.has(id)));
      for (const id of add) after.set(id, lists.get(id)?.name ?? id);
      return { ...row, had, after };
    });
    const moved = planned.filter(
      ({ had, after }) => had.size !== after.size || [...after.keys()].some((id) => !had.has(id)),
    );
    if (!moved.length) return { changed: 0, wake: [] };
    const movedIds = moved.map(({ id }) => id);

    if (leaving.size) {
      await tx
        .delete(listMembers)
        .where(and(inArray(listMembers.listId, [...leaving]), inArray(listMembers.prospectId, movedIds)));
    }
    const joining = moved.flatMap(({ id, had, after }) =>
      [...after.keys()].filter((list) => !had.has(list)).map((listId) => ({ listId, prospectId: id })),
    );
    if (joining.length) await tx.insert(listMembers).values(joining).onConflictDoNothing();
    await recordActivities(
      tx,
      moved.map(({ id, name, had, after }) => ({
        workspaceId: ctx.workspaceId,
        prospectId: id,
        side: "snov" as const,
        kind: "prospect/lists_changed",
        recordName: name,
        changes: [{ field: "lists", label: "lists", before: [...had.values()], after: [...after.values()] }],
        cause: memberCause(ctx),
      })),
    );
    return { changed: moved.length, wake: await markProspectsPending(tx, ctx.workspaceId, movedIds) };
  });
  await ctx.wake(wake);
  return { changed };
}

/** Prospect id → list id → list name, live lists only. */
async function readMemberships(tx: Tx, ids: string[]): Promise<Map<string, Map<string, string>>> {
  const rows = await tx
    .select({ prospectId: listMembers.prospectId, listId: prospectLists.id, name: prospectLists.name })
    .from(listMembers)
    .innerJoin(prospectLists, eq(prospectLists.id, listMembers.listId))
    .where(and(inArray(listMembers.prospectId, ids), isNull(prospectLists.deletedAt)))
    .orderBy(asc(prospectLists.name));
  const found = new Map<string, Map<string, string>>();
  for (const { prospectId, listId, name } of rows) {
    const own = found.get(prospectId) ?? new Map<string, string>();
    found.set(prospectId, own.set(listId, name));
  }
  return found;
}
