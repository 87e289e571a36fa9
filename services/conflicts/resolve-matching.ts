import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { ConflictFilter, conflictsMatching, everMatching, isDecidable } from "@/db/queries/conflict-filter";
import { readSnapshot } from "@/lib/database-snapshot";
import type { Ctx } from "@/services/context";
import { requireIntegration } from "@/services/integrations/require-integration";
import { readSettingsFields } from "@/services/integrations/settings-fields";
import { ServiceError } from "@/services/service-error";
import { writableSides } from "@/sync/direction";
import { checkChoice } from "./check-choice";
import { ChoiceInput } from "./conflict-input";
import { choosing, isMarkedNow, markConflicted } from "./store-choices";
import { tellKeptApart } from "./tell-kept-apart";

const ResolveMatching = z.object({
  integrationId: z.uuid(),
  filter: ConflictFilter,
  choice: ChoiceInput,
  /** Of what the person saw (`ConflictsView`): what has come or moved since then is left. */
  snapshot: z.string().refine((text) => readSnapshot(text) !== null),
});

/** How many somebody else had decided by then; null where nobody knows who. */
type Taken = { by: string | null; count: number };

/**
 * The same choice for all that match, that can be decided and that are as they were seen, however many.
 * `resolved` counts them; those that the choice does not fit, or that have come or moved since, are `left`; those that
 * somebody else has decided since are `taken`. Records are deleted on this scale by owners and admins alone.
 */
export async function resolveMatching({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.input<typeof ResolveMatching>;
}): Promise<{ resolutionId: string; resolved: number; left: number; taken: Taken[] }> {
  const { integrationId, filter, choice, snapshot } = ResolveMatching.parse(input);
  const integration = await requireIntegration(ctx, integrationId);
  if (choice.kind === "remove" && ctx.role === "member")
    throw new ServiceError("forbidden", "removals of all that match", { reason: "removing_all" });
  const act = { integrationId, userId: ctx.userId, resolutionId: randomUUID() };
  const counts = await ctx.db.transaction(async (tx) => {
    const fields = await readSettingsFields(tx, integration);
    const subject = { kind: "value", mappingId: filter.mappingId ?? null, removedOn: null } as const;
    const checked =
      choice.kind === "value"
        ? checkChoice(integration, fields, subject, choice)
        : { ok: true as const, choice };
    // Records are made pairs one by one: what two of them share is looked at by a person.
    if (!checked.ok || choice.kind === "link")
      throw new ServiceError("invalid_input", "a choice that does not fit", {
        reason: checked.ok ? "not_offered" : checked.reason,
      });
    const decidable = sql`${conflictsMatching(integrationId, filter)} and ${isDecidable}`;
    const isAsSeen = sql`pg_visible_in_snapshot(c.revised_in, ${snapshot}::pg_snapshot)`;
    const which = sql`${decidable} and ${isAsSeen} and ${fitting()}`;
    await markConflicted(tx, integrationId, which);
    const stored = await tx.execute(sql`
      update conflicts c set ${choosing(act, sql`${JSON.stringify(checked.choice)}::jsonb`)}
      where ${which} and ${isMarkedNow}`);
    await tellKeptApart(tx, ctx, act);
    const [left] = await tx.execute<{ count: number }>(
      sql`select count(*)::int as count from conflicts c where ${decidable}`,
    );
    const taken = await tx.execute<Taken>(sql`
      select (select u.name from users u where u.id = c.resolved_by) as by, count(*)::int as count from conflicts c
      where ${everMatching(integrationId, filter)} and ${isAsSeen} and ${fitting()}
        and c.decided_in >= pg_snapshot_xmin(${snapshot}::pg_snapshot)
        and not pg_visible_in_snapshot(c.decided_in, ${snapshot}::pg_snapshot)
        and c.resolution is not null and c.resolved_by is distinct from ${ctx.userId}::uuid
      group by 1 order by 2 desc, 1`);
    return { resolved: stored.count, left: left?.count ?? 0, taken: [...taken] };
  });
  if (counts.resolved) await ctx.wake([integrationId]);
  return { resolutionId: act.resolutionId, ...counts };

  /** As `checkChoice` offers it, and as the sync type allows. */
  function fitting() {
    const writable = writableSides(integration.syncType, "both");
    const open = JSON.stringify(Object.entries(writable).flatMap(([side, may]) => (may ? [side] : [])));
    switch (choice.kind) {
      case "take":
      case "leave":
        return sql`c.mapping_id is not null`;
      case "value":
        return sql`c.kind = 'value'`;
      case "remove":
        return sql`c.kind = 'removed_and_edited' and ${open}::jsonb - (c.detail ->> 'removedOn') <> '[]'::jsonb`;
      case "bring_back":
        return sql`c.kind = 'removed_and_edited' and ${open}::jsonb ? (c.detail ->> 'removedOn')`;
      default:
        return sql`c.kind in ('same_address', 'merged') and c.mapping_id is null`;
    }
  }
}
