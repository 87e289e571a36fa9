import { sql } from "drizzle-orm";
import { z } from "zod";
import { ConflictFilter } from "@/db/queries/conflict-filter";
import {
  type ConflictCounts,
  type ConflictsPage,
  conflictCounts,
  conflictsPage,
} from "@/db/queries/conflicts";
import type { integrations } from "@/db/schema/integrations";
import type { Ctx } from "@/services/context";
import { isInstant } from "@/services/prospects/cursor";
import { requireIntegration } from "./conflict-input";

const ReadConflictsPage = z.object({
  integrationId: z.uuid(),
  filter: ConflictFilter.default({}),
  /** The last conflict already shown. */
  after: z
    .object({ openedAt: z.string().refine((key) => isInstant({ key })), id: z.uuid() })
    .nullable()
    .default(null),
});

const pageLength = 50;

export type { ConflictFilter } from "@/db/queries/conflict-filter";
export type { ConflictRow } from "@/db/queries/conflicts";
export type ConflictsView = ConflictsPage & {
  counts: ConflictCounts;
  /** With every kind and field: what else could be asked for. */
  around: ConflictCounts;
  /** By the database's clock, from before it was read. */
  readAt: string;
  /** Why choices wait, although they are made: the integration itself does not run. */
  held: "paused" | "stopped" | "broken" | null;
};

/** Fifty open conflicts that match, and how many of each kind and field nobody has decided yet. */
export async function readConflictsPage({
  ctx,
  input,
}: {
  ctx: Pick<Ctx, "db" | "workspaceId">;
  input: z.input<typeof ReadConflictsPage>;
}): Promise<ConflictsView> {
  const { integrationId, filter, after } = ReadConflictsPage.parse(input);
  const integration = await requireIntegration(ctx, integrationId);
  const [clock] = await ctx.db.execute<{ at: string }>(sql`select to_jsonb(now()) as at`);
  const [page, counted] = await Promise.all([
    conflictsPage(ctx.db, integrationId, filter, { after, limit: pageLength }),
    conflictCounts(ctx.db, integrationId, filter),
  ]);
  return { ...page, ...counted, readAt: clock?.at ?? new Date(0).toISOString(), held: heldBy(integration) };
}

function heldBy({ state, fuseStop }: typeof integrations.$inferSelect): ConflictsView["held"] {
  if (state === "active" || state === "draft") return null;
  return fuseStop && state === "paused" ? "stopped" : state;
}
