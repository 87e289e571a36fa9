import { z } from "zod";
import { listOptions } from "@/db/queries/lists";
import {
  countLimit,
  countProspects,
  type ProspectCursor,
  type ProspectsPage,
  prospectSorts,
  prospectsPage,
} from "@/db/queries/prospects-page";
import { launchedIntegrations, prospectsStanding, type Standing } from "@/db/queries/prospects-standing";
import { shownStatuses } from "@/lib/shown-statuses";
import { storableText } from "@/lib/storable-text";
import type { Ctx } from "../context";
import { Cursor, isInstant } from "./cursor";

/** As the address bar holds it; what cannot be read there counts as not given. */
const ReadProspects = z
  .object({
    q: z
      .string()
      .transform((text) => storableText(text).trim().slice(0, 200))
      .catch(""),
    sort: z.enum(prospectSorts).catch("newest"),
    list: z.uuid().nullable().catch(null),
    sync: z.enum(shownStatuses).nullable().catch(null),
    after: Cursor,
    before: Cursor,
  })
  .transform((query) => {
    const fits = (cursor: ProspectCursor | null) =>
      query.sort === "name" || isInstant(cursor) ? cursor : null;
    return { ...query, after: fits(query.after), before: fits(query.before) };
  });

export type ProspectsView = Omit<ProspectsPage, "rows"> & {
  /** `standing`: the worst over all integrations; null where nobody has looked at it. */
  rows: (ProspectsPage["rows"][number] & { standing: Standing | null })[];
  /** How many integrations it is a matter of. */
  integrations: number;
  /** Counted up to `countLimit`; `more` says that there are others. */
  count: number;
  more: boolean;
  lists: { id: string; name: string }[];
};

export async function readProspects({
  ctx,
  input,
}: {
  ctx: Pick<Ctx, "db" | "workspaceId">;
  input: Record<string, unknown>;
}): Promise<ProspectsView> {
  const { q: search, sort, list: listId, sync, after, before } = ReadProspects.parse(input);
  const launched = await launchedIntegrations(ctx.db, ctx.workspaceId);
  const filter = {
    search,
    listId,
    standing: sync && launched.length ? { status: sync, integrationIds: launched.map(({ id }) => id) } : null,
  };
  const [page, count, lists] = await Promise.all([
    prospectsPage(ctx.db, ctx.workspaceId, { ...filter, sort, after, before, limit: 50 }),
    countProspects(ctx.db, ctx.workspaceId, filter),
    listOptions(ctx.db, ctx.workspaceId),
  ]);
  const standing = await prospectsStanding(
    ctx.db,
    launched,
    page.rows.map(({ id }) => id),
  );
  return {
    ...page,
    rows: page.rows.map((row) => ({ ...row, standing: standing.get(row.id) ?? null })),
    integrations: launched.length,
    count: Math.min(count, countLimit),
    more: count > countLimit,
    lists,
  };
}
