import { and, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import { type ConflictOutcome, conflicts } from "@/db/schema/conflicts";
import { users } from "@/db/schema/workspaces";
import { resolutionsAtOnce } from "@/lib/resolutions-at-once";
import type { Ctx } from "@/services/context";
import { requireIntegration } from "@/services/integrations/require-integration";
import { readSettingsFields } from "@/services/integrations/settings-fields";
import { lockLinks } from "@/services/sync/moved-links";
import { actedBy } from "@/services/sync/open-conflicts";
import { checkChoice } from "./check-choice";
import { ChoiceInput } from "./conflict-input";
import { linkChosen } from "./link-chosen";
import { ownAct } from "./own-act";
import { type ChosenConflict, markConflicted, storeChoices } from "./store-choices";
import { tellKeptApart } from "./tell-kept-apart";

const ResolveConflicts = z.object({
  integrationId: z.uuid(),
  /** Of an act of the same person whose first part was decided already: all of its parts are taken back together. */
  resolutionId: z.uuid().optional(),
  resolutions: z
    .array(
      z.object({
        conflictId: z.uuid(),
        /** The revision of the conflict that the person saw. */
        seen: z.int(),
        choice: ChoiceInput,
      }),
    )
    .min(1)
    .max(resolutionsAtOnce),
});

export type ConflictAnswer = { conflictId: string } & (
  | { answer: "accepted" }
  /** The conflict says something else by now. */
  | { answer: "moved" }
  /** Somebody else was first. */
  | { answer: "taken"; by: string | null }
  /** `by` decided it; null where nobody did. */
  | { answer: "closed"; by: string | null; outcome: ConflictOutcome | null }
  /** `reason` is a text under `errors`. */
  | { answer: "invalid"; reason: string }
);

/** Stores what a person decided, for the records' next page to carry out. `resolutionId` takes all of it back. */
export async function resolveConflicts({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.input<typeof ResolveConflicts>;
}): Promise<{ resolutionId: string; answers: ConflictAnswer[] }> {
  const { integrationId, resolutions, resolutionId: asked } = ResolveConflicts.parse(input);
  const integration = await requireIntegration(ctx, integrationId);
  const ids = resolutions.map(({ conflictId }) => conflictId);
  const decided = await ctx.db.transaction(async (tx) => {
    const who = { integrationId, userId: ctx.userId };
    const act = { ...who, resolutionId: await ownAct(tx, who, asked) };
    const fields = await readSettingsFields(tx, integration);
    if (resolutions.some(({ choice }) => choice.kind === "link")) await lockLinks(tx, integrationId);
    await markConflicted(tx, integrationId, sql`c.closed_at is null and c.id in ${ids}`);
    const rows = await tx
      .select({ conflict: conflicts, by: users.name })
      .from(conflicts)
      .leftJoin(users, eq(users.id, actedBy))
      .where(and(eq(conflicts.integrationId, integrationId), inArray(conflicts.id, ids)));
    const known = new Map(rows.map((row) => [row.conflict.id, row]));
    const refused = new Map<string, string>();
    const chosen: ChosenConflict[] = [];
    for (const { conflictId, seen, choice } of resolutions) {
      const conflict = known.get(conflictId)?.conflict;
      const checked = conflict
        ? checkChoice(
            integration,
            fields,
            { ...conflict, removedOn: conflict.detail.removedOn ?? null },
            choice,
          )
        : ({ ok: false, reason: "not_found" } as const);
      if (checked.ok) chosen.push({ id: conflictId, seen, choice: checked.choice });
      else refused.set(conflictId, checked.reason);
    }
    const linking = chosen.filter(({ choice }) => choice.kind === "link");
    const linked = await linkChosen(tx, ctx, act, linking);
    const stored = await storeChoices(
      tx,
      act,
      chosen.filter(({ choice }) => choice.kind !== "link"),
    );
    await tellKeptApart(tx, ctx, act);
    const answers = resolutions.map(({ conflictId, seen, choice }): ConflictAnswer => {
      const reason = refused.get(conflictId);
      if (reason) return { conflictId, answer: "invalid", reason };
      if (stored.has(conflictId) || linked.has(conflictId)) return { conflictId, answer: "accepted" };
      const row = known.get(conflictId);
      if (!row || row.conflict.closedAt) return { conflictId, answer: "closed", ...closing(row) };
      if (row.conflict.revision !== seen) return { conflictId, answer: "moved" };
      if (choice.kind === "link") return { conflictId, answer: "invalid", reason: "records_not_free" };
      return { conflictId, answer: "taken", by: row.by };
    });
    return { resolutionId: act.resolutionId, answers };
  });
  await ctx.wake([integrationId]);
  return decided;
}

const byPeople: (ConflictOutcome | null)[] = ["applied", "apart", "kept"];

function closing(row: { conflict: typeof conflicts.$inferSelect; by: string | null } | undefined) {
  const outcome = row?.conflict.outcome ?? null;
  return { outcome, by: byPeople.includes(outcome) ? (row?.by ?? null) : null };
}
