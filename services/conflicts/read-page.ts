import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/client";
import { ConflictFilter } from "@/db/queries/conflict-filter";
import {
  type ConflictCounts,
  type ConflictRow,
  type ConflictsPage,
  conflictCounts,
  conflictsById,
  conflictsPage,
} from "@/db/queries/conflicts";
import type { integrations } from "@/db/schema/integrations";
import type { Ctx } from "@/services/context";
import { requireIntegration } from "@/services/integrations/require-integration";
import { isInstant } from "@/services/prospects/cursor";
import { sides } from "@/sync/side";

const ReadConflictsPage = z.object({
  integrationId: z.uuid(),
  filter: ConflictFilter.default({}),
  /** The last conflict already shown. */
  after: z
    .object({
      openedAt: z.string().refine((key) => isInstant({ key })),
      side: z.string().pipe(z.enum(sides)),
      recordId: z
        .string()
        .max(100)
        .refine((id) => !id.includes("\u0000")),
      id: z.uuid(),
    })
    .nullable()
    .default(null),
  /** Conflicts that are read as well, also once they have closed. */
  watched: z.array(z.uuid()).max(200).default([]),
});

const pageLength = 50;

export type { ConflictFilter } from "@/db/queries/conflict-filter";
export type { ConflictCounts, ConflictRow } from "@/db/queries/conflicts";
export type ConflictsView = ConflictsPage & {
  /** What it was read by. */
  filter: ConflictFilter;
  /** With the first page only. `around`, with every kind and field: what else could be asked for. */
  counted: { counts: ConflictCounts; around: ConflictCounts } | null;
  watched: ConflictRow[];
  /** What had been committed when it was read, or a moment before that. */
  snapshot: string;
  /** Why choices wait, although they are made: the integration itself does not run. */
  held: "paused" | "stopped" | "broken" | null;
};

/** Fifty open conflicts that match, and, with the first ones, how many of each kind and field nobody has decided yet. */
export async function readConflictsPage({
  ctx,
  input,
}: {
  ctx: Pick<Ctx, "db" | "workspaceId">;
  input: z.input<typeof ReadConflictsPage>;
}): Promise<ConflictsView> {
  const { integrationId, filter, after, watched: ids } = ReadConflictsPage.parse(input);
  const integration = await requireIntegration(ctx, integrationId);
  const snapshot = await currentSnapshot(ctx.db);
  const [page, counted, watched] = await Promise.all([
    conflictsPage(ctx.db, integrationId, filter, { after, limit: pageLength }),
    after ? null : conflictCounts(ctx.db, integrationId, filter),
    ids.length ? conflictsById(ctx.db, integrationId, ids) : [],
  ]);
  return {
    ...page,
    filter,
    counted,
    watched,
    snapshot,
    held: heldBy(integration),
  };
}

async function currentSnapshot(db: Db): Promise<string> {
  const [row] = await db.execute<{ snapshot: string }>(sql`select pg_current_snapshot()::text as snapshot`);
  if (!row) throw new Error("the database names no snapshot");
  return row.snapshot;
}

function heldBy({ state, fuseStop }: typeof integrations.$inferSelect): ConflictsView["held"] {
  if (state === "active" || state === "draft") return null;
  return fuseStop && state === "paused" ? "stopped" : state;
}
