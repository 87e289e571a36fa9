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
import type { Ctx } from "../context";
import { Cursor, isInstant } from "./cursor";

/** As the address bar holds it; what cannot be read there counts as not given. */
export const ReadProspects = z
  .object({
    q: z
      .string()
      .transform((text) => text.replaceAll("\u0000", "").trim().slice(0, 200))
      .catch(""),
    sort: z.enum(prospectSorts).catch("newest"),
    list: z.uuid().nullable().catch(null),
    after: Cursor,
    before: Cursor,
  })
  .transform((query) => {
    const fits = (cursor: ProspectCursor | null) =>
      query.sort === "name" || isInstant(cursor) ? cursor : null;
    return { ...query, after: fits(query.after), before: fits(query.before) };
  });

export type ProspectsView = ProspectsPage & {
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
  const { q: search, sort, list: listId, after, before } = ReadProspects.parse(input);
  const [page, count, lists] = await Promise.all([
    prospectsPage(ctx.db, ctx.workspaceId, { search, sort, listId, after, before, limit: 50 }),
    countProspects(ctx.db, ctx.workspaceId, { search, listId }),
    listOptions(ctx.db, ctx.workspaceId),
  ]);
  return { ...page, count: Math.min(count, countLimit), more: count > countLimit, lists };
}
